using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Engagement.Boards;

/// <summary>Reads the boards that everyone looks at before anyone asks: after the start, and when a new day begins.</summary>
internal sealed partial class BoardWarmth(BoardRoom boards, LedgerTail tail, TimeProvider time, ILogger<BoardWarmth> log) : BackgroundService, ICacheWarmth
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public string Name => "boards";

    public async Task Warm(CancellationToken ct) => await Today(ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateOnly? warmed = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await tail.Started.WaitAsync(stoppingToken);
                if (warmed != Days.Today(time))
                    warmed = await Today(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                NotWarmed(log, e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<DateOnly> Today(CancellationToken ct)
    {
        var today = Days.Today(time);
        await boards.Trending(Days.Last(7, today), ct);
        await boards.People(Ranking.Engagements, Days.Last(7, today), ct);
        var month = Days.Last(Days.Month, today);
        await boards.People(Ranking.Engagements, month, ct);
        await boards.People(Ranking.Engagements, month.Before, ct);
        await boards.Posts(ct);
        return today;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The boards could not be read ahead: {Reason}")]
    private static partial void NotWarmed(ILogger log, string reason);
}
