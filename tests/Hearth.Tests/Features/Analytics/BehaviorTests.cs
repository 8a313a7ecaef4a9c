using Hearth.Features.Analytics.People;
using Hearth.Features.Analytics.Presence;

namespace Hearth.Tests.Features.Analytics;

/// <summary>What follows from when somebody was there.</summary>
public sealed class BehaviorTests
{
    private static readonly AnalyticsPeriod Period = new(14, new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 15));

    [Fact]
    public void Half_an_hour_of_nothing_ends_a_session_and_hours_are_those_of_the_persons_zone()
    {
        var nairobi = TimeZoneInfo.FindSystemTimeZoneById("Africa/Nairobi");
        // 22:55 UTC is 1:55 of the next day there.
        int[] slots =
        [
            At(3, 22, 55), At(3, 23, 0), At(3, 23, 30),
            At(4, 0, 5),
            At(5, 8, 0),
        ];
        var behavior = Behavior.Of(Period, slots, nairobi, new DateOnly(2026, 1, 1));
        Assert.Equal([(40, 22), (5, 0), (5, 8)], behavior.Sessions.Latest.Reverse().Select(visit => (visit.Minutes, visit.StartedAt.Hour)));
        Assert.Equal((3, 16.7, 5, 40, 1.5), (behavior.Sessions.Count, behavior.Sessions.AverageMinutes, behavior.Sessions.MedianMinutes, behavior.Sessions.LongestMinutes, behavior.Sessions.PerActiveDay));
        Assert.Equal((1, 2, 1, 1), (behavior.ActiveHours[1], behavior.ActiveHours[2], behavior.ActiveHours[3], behavior.ActiveHours[11]));
        Assert.Equal(2, behavior.PeakHour);
        Assert.Equal(["wednesday", "thursday"], behavior.ActiveWeekdays.Where(day => day.Parts > 0).Select(day => day.Weekday));
        Assert.Equal((2, 0.14, 0, 2), (behavior.Retention.ActiveDays, behavior.Retention.Rate, behavior.Retention.CurrentStreak, behavior.Retention.LongestStreak));
    }

    [Fact]
    public void Who_was_never_there_has_zeros()
    {
        var behavior = Behavior.Of(Period, [], TimeZoneInfo.Utc, Period.To);
        Assert.Equal((0, null, 0, 0.0), (behavior.Sessions.Count, behavior.PeakHour, behavior.Retention.ActiveDays, behavior.Retention.Rate));
    }

    [Fact]
    public void Weeks_that_follow_on_weeks_are_returns()
    {
        var behavior = Behavior.Of(Period, [At(3, 9, 0), At(10, 9, 0), At(14, 9, 0), At(15, 9, 0)], TimeZoneInfo.Utc, new DateOnly(2026, 3, 3));
        Assert.Equal((1.0, 2, 0.31), (behavior.Retention.ReturnedWeekly, behavior.Retention.CurrentStreak, behavior.Retention.Rate));
    }

    private static int At(int day, int hour, int minute) => Slots.At(new DateTime(2026, 3, day, hour, minute, 0, DateTimeKind.Utc));
}
