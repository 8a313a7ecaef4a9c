namespace Hearth.Features.Notifications.Preferences;

/// <summary>
/// From when to when on a person's clock nothing is to ring. The clock of the zone counts, whatever daylight saving does to it:
/// an end in the hour that a clock skips is when it skips, one in the hour that it shows twice comes twice.
/// </summary>
internal sealed record QuietHours(TimeOnly From, TimeOnly To, TimeZoneInfo Zone)
{
    /// <returns>When the quiet that holds at this moment ends; null when it is not quiet.</returns>
    public DateTime? Until(DateTime utc)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, Zone);
        if (!IsQuiet(TimeOnly.FromDateTime(local)))
            return null;
        var today = DateOnly.FromDateTime(local);
        return Enumerable.Range(0, 3).SelectMany(days => Instants(today.AddDays(days).ToDateTime(To))).Where(end => end > utc).Min();
    }

    /// <summary>From and to alike are no quiet at all.</summary>
    private bool IsQuiet(TimeOnly at) => From <= To ? From <= at && at < To : From <= at || at < To;

    /// <summary>When a clock of the zone shows this: once, twice, or never, and then when it passes it.</summary>
    private IEnumerable<DateTime> Instants(DateTime local)
    {
        if (Zone.IsAmbiguousTime(local))
            return Zone.GetAmbiguousTimeOffsets(local).Select(offset => DateTime.SpecifyKind(local - offset, DateTimeKind.Utc));
        return [Zone.IsInvalidTime(local) ? Skip(local) : TimeZoneInfo.ConvertTimeToUtc(local, Zone)];
    }

    /// <summary>The moment that a clock jumps over a time which it does not show.</summary>
    private DateTime Skip(DateTime local)
    {
        // Just before the gap the old offset holds: under it the jump comes at a whole minute before the time that is skipped.
        var before = local;
        while (Zone.IsInvalidTime(before))
            before = before.AddMinutes(-1);
        return TimeZoneInfo.ConvertTimeToUtc(before, Zone).AddMinutes(1);
    }
}
