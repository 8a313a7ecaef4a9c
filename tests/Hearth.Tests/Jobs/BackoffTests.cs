using Hearth.Jobs;

namespace Hearth.Tests.Jobs;

public sealed class BackoffTests
{
    [Fact]
    public void Waits_double_from_five_seconds_to_two_hours()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), Backoff.After(1, 0.5));
        Assert.Equal(TimeSpan.FromSeconds(10), Backoff.After(2, 0.5));
        Assert.Equal(TimeSpan.FromSeconds(640), Backoff.After(8, 0.5));
        Assert.Equal(TimeSpan.FromHours(2), Backoff.After(Backoff.Attempts, 0.5));
        Assert.Equal(TimeSpan.FromHours(2), Backoff.After(int.MaxValue, 0.5));
    }

    [Fact]
    public void What_failed_together_spreads_out()
    {
        Assert.Equal(4, Backoff.After(1, 0).TotalSeconds, 6);
        Assert.Equal(6, Backoff.After(1, 1).TotalSeconds, 6);
    }

    [Fact]
    public void A_mail_server_that_is_down_for_hours_loses_nothing()
    {
        var shortest = TimeSpan.FromSeconds(Enumerable.Range(1, Backoff.Attempts - 1).Sum(attempt => Backoff.After(attempt, 0).TotalSeconds));
        Assert.True(shortest > TimeSpan.FromHours(12));
    }
}
