using Npgsql;

namespace Hearth.Realtime;

/// <summary>Does again what failed: a database that is away for a moment comes back, a defect in one row does not go away.</summary>
internal static class Retry
{
    private const int MostTries = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <param name="work">What may be done more than once.</param>
    /// <param name="retrying">Hears why it is done again.</param>
    /// <param name="failed">Hears why it is given up.</param>
    /// <param name="ct">Ends it, by an exception.</param>
    /// <returns>What it gives; null when it could not be done.</returns>
    public static async Task<T?> Until<T>(Func<Task<T>> work, Action<string> retrying, Action<Exception> failed, CancellationToken ct)
        where T : class
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await work();
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                if (tries >= MostTries && e is not NpgsqlException { IsTransient: true })
                {
                    failed(e);
                    return null;
                }

                retrying(e.Message);
                await Task.Delay(Pause, ct);
            }
        }
    }
}
