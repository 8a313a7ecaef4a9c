namespace Hearth.Features.Moderation.Scoring;

/// <summary>Reads, when the node starts and every minute after, what reviewers on any node have taught the scorer.</summary>
internal sealed partial class LessonRefresh(ScorerLearning learning, TimeProvider time, ILogger<LessonRefresh> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await learning.Refresh(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogMissed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The scorer's lessons could not be read; what it has learnt so far stands")]
    private partial void LogMissed(Exception error);
}
