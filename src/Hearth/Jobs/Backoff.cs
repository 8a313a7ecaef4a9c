namespace Hearth.Jobs;

/// <summary>
/// How long to wait after a failed attempt: 5 s, doubling to at most 2 h, each 20 % either way so that what failed
/// together does not return together. Twenty attempts span about 19 hours.
/// </summary>
internal static class Backoff
{
    public const int Attempts = 20;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Most = TimeSpan.FromHours(2);

    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="random">In [0, 1).</param>
    public static TimeSpan After(int attempt, double random)
    {
        var doubled = First.TotalSeconds * Math.Pow(2, Math.Clamp(attempt - 1, 0, 30));
        return TimeSpan.FromSeconds(Math.Min(doubled, Most.TotalSeconds) * (0.8 + 0.4 * random));
    }
}
