namespace Hearth.SocketIO.Tests.Harness;

/// <summary>Waits for what happens soon, up to a generous limit.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task Holds(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 3000, "It did not happen within 30 seconds.");
            await Task.Delay(10);
        }
    }

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task Soon(this Task task) => task.WaitAsync(Limit);
}
