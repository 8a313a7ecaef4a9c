namespace Hearth.Tests.Harness;

/// <summary>
/// For what follows with no position to wait for: asks until it is so, and fails after a minute. The one place where tests
/// let time pass; how long it takes never decides whether a test passes.
/// </summary>
internal static class Eventually
{
    public static Task IsTrue(Func<bool> holds) => IsTrue(() => Task.FromResult(holds()));

    public static async Task IsTrue(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
            await Task.Delay(10, limit.Token);
    }
}
