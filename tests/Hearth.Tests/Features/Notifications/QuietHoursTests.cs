using System.Globalization;
using Hearth.Features.Notifications.Mail;
using Hearth.Features.Notifications.Preferences;

namespace Hearth.Tests.Features.Notifications;

public sealed class QuietHoursTests
{
    [Theory]
    // An ordinary night in winter (UTC+1) and in summer (UTC+2).
    [InlineData("Europe/Berlin", "22:00", "07:00", "2026-01-10T20:59", null)]
    [InlineData("Europe/Berlin", "22:00", "07:00", "2026-01-10T21:00", "2026-01-11T06:00")]
    [InlineData("Europe/Berlin", "22:00", "07:00", "2026-01-11T05:59", "2026-01-11T06:00")]
    [InlineData("Europe/Berlin", "22:00", "07:00", "2026-01-11T06:00", null)]
    [InlineData("Europe/Berlin", "22:00", "07:00", "2026-07-10T20:00", "2026-07-11T05:00")]
    // Within one day.
    [InlineData("Africa/Nairobi", "12:00", "14:00", "2026-07-10T09:30", "2026-07-10T11:00")]
    [InlineData("Africa/Nairobi", "12:00", "14:00", "2026-07-10T11:00", null)]
    // The night that loses an hour (29 March, 2:00 becomes 3:00) is an hour shorter, the one that gains one longer.
    [InlineData("Europe/Berlin", "22:00", "07:00", "2026-03-28T21:30", "2026-03-29T05:00")]
    [InlineData("Europe/Berlin", "22:00", "07:00", "2026-10-24T20:30", "2026-10-25T06:00")]
    // An end that the clock skips is when it skips.
    [InlineData("Europe/Berlin", "22:00", "02:30", "2026-03-29T00:30", "2026-03-29T01:00")]
    [InlineData("Europe/Berlin", "22:00", "02:30", "2026-03-29T01:00", null)]
    // A begin that the clock skips: from 3:00 on it is quiet.
    [InlineData("Europe/Berlin", "02:30", "06:00", "2026-03-29T01:00", "2026-03-29T04:00")]
    // An end that the clock shows twice comes twice.
    [InlineData("Europe/Berlin", "22:00", "02:30", "2026-10-24T23:00", "2026-10-25T00:30")]
    [InlineData("Europe/Berlin", "22:00", "02:30", "2026-10-25T00:45", null)]
    [InlineData("Europe/Berlin", "22:00", "02:30", "2026-10-25T01:10", "2026-10-25T01:30")]
    [InlineData("America/New_York", "23:00", "06:00", "2026-11-01T03:30", "2026-11-01T11:00")]
    [InlineData("Asia/Kathmandu", "21:00", "05:00", "2026-05-01T15:15", "2026-05-01T23:15")]
    // No quiet at all.
    [InlineData("Europe/Berlin", "07:00", "07:00", "2026-01-11T06:00", null)]
    public void Quiet_ends_when_the_readers_clock_says(string zone, string from, string to, string now, string? until)
    {
        var quiet = new QuietHours(Clock(from), Clock(to), Zones.Find(zone)!);

        Assert.Equal(until is null ? null : Utc(until), quiet.Until(Utc(now)));
    }

    [Theory]
    [InlineData(1, "UTC", "2026-05-06T08:00", "2026-05-06T08:00")]
    [InlineData(1, "UTC", "2026-05-06T07:59", "2026-05-05T08:00")]
    [InlineData(1, "Europe/Berlin", "2026-03-29T06:30", "2026-03-29T06:00")]
    [InlineData(1, "Europe/Berlin", "2026-03-28T06:30", "2026-03-27T07:00")]
    [InlineData(1, "Pacific/Kiritimati", "2026-05-05T18:00", "2026-05-05T18:00")]
    [InlineData(2, "UTC", "2026-05-06T12:00", "2026-05-04T08:00")]
    [InlineData(2, "UTC", "2026-05-04T07:59", "2026-04-27T08:00")]
    public void A_digest_is_due_at_eight_on_the_readers_clock(short digest, string zone, string now, string end) =>
        Assert.Equal(Utc(end), DigestWindow.LastEnd((Digest)digest, Zones.Find(zone)!, Utc(now)));

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    public void A_zone_that_is_none_is_not_found(string name) => Assert.Null(Zones.Find(name));

    private static TimeOnly Clock(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);

    private static DateTime Utc(string text) =>
        DateTime.SpecifyKind(DateTime.ParseExact(text, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
