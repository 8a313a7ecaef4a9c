using System.Globalization;
using Hearth.Features.Analytics.Presence;

namespace Hearth.Features.Analytics.People;

/// <summary>What follows from the five minutes in which somebody was there.</summary>
internal static class Behavior
{
    private const int Pause = 1_800 / Slots.Seconds;
    private const int MinutesEach = Slots.Seconds / 60;
    private const int Shown = 10;

    /// <param name="period">The days, in the person's zone.</param>
    /// <param name="slots">In order.</param>
    /// <param name="zone">The person's.</param>
    /// <param name="since">The day they came.</param>
    public static PersonBehavior Of(AnalyticsPeriod period, IReadOnlyList<int> slots, TimeZoneInfo zone, DateOnly since)
    {
        var hours = new int[24];
        var weekdays = new int[7];
        var days = new SortedSet<DateOnly>();
        foreach (var slot in slots)
        {
            var local = TimeZoneInfo.ConvertTimeFromUtc(Slots.Time(slot), zone);
            hours[local.Hour]++;
            weekdays[((int)local.DayOfWeek + 6) % 7]++;
            days.Add(DateOnly.FromDateTime(local));
        }

        return new PersonBehavior(
            period,
            zone.Id,
            Sessions(slots, days.Count),
            hours,
            slots.Count == 0 ? null : Array.IndexOf(hours, hours.Max()),
            [.. weekdays.Select((parts, i) => new WeekdayParts(Name(i), parts))],
            Retention(period, days, since));
    }

    private static Visits Sessions(IReadOnlyList<int> slots, int activeDays)
    {
        var sessions = new List<Visit>();
        for (int first = 0, i = 0; i < slots.Count; i++)
        {
            // Half an hour without anything lies between the end of one part and the beginning of another.
            if (i + 1 < slots.Count && slots[i + 1] - slots[i] <= Pause)
                continue;
            sessions.Add(new Visit(Slots.Time(slots[first]), (slots[i] - slots[first] + 1) * MinutesEach));
            first = i + 1;
        }

        if (sessions.Count == 0)
            return new Visits(0, 0, 0, 0, 0, []);
        var lengths = sessions.Select(session => session.Minutes).Order().ToList();
        return new Visits(
            sessions.Count,
            Figures.Average(lengths.Sum(), sessions.Count),
            lengths[(lengths.Count - 1) / 2],
            lengths[^1],
            Figures.Average(sessions.Count, activeDays),
            [.. sessions.AsEnumerable().Reverse().Take(Shown)]);
    }

    private static ComingBack Retention(AnalyticsPeriod period, SortedSet<DateOnly> days, DateOnly since)
    {
        var possible = period.To.DayNumber - Math.Max(period.From.DayNumber, Math.Min(since.DayNumber, period.To.DayNumber)) + 1;
        int longest = 0, run = 0;
        DateOnly? before = null;
        foreach (var day in days)
        {
            run = before is { } last && day.DayNumber == last.DayNumber + 1 ? run + 1 : 1;
            longest = Math.Max(longest, run);
            before = day;
        }

        var current = before is { } latest && latest >= period.To.AddDays(-1) ? run : 0;
        // Day number 0, the first of January of the year 1, was a Monday.
        var weeks = days.Select(day => day.DayNumber / 7).Distinct().Order().ToList();
        var returned = weeks.Skip(1).Count(week => weeks.Contains(week - 1));
        return new ComingBack(days.Count, Figures.Rate(days.Count, possible), current, longest, Figures.Rate(returned, weeks.Count - 1));
    }

    private static string Name(int weekday) =>
        CultureInfo.InvariantCulture.DateTimeFormat.DayNames[(weekday + 1) % 7].ToLowerInvariant();
}
