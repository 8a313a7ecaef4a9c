using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Analytics.People;

/// <summary>When one person was there.</summary>
internal sealed class BehaviorReads(NpgsqlDataSource source)
{
    private const string SlotsSql =
        """
        -- analytics.slots
        select slot from analytics_presence where user_id = $1 and slot >= $2 and slot < $3 order by slot
        """;

    public async Task<PersonBehavior> Read(long user, AnalyticsPeriod asked, DateTime now, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var (zone, since) = await Person(db, user, ct);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, zone));
        var period = new AnalyticsPeriod(asked.Days, today.AddDays(1 - asked.Days), today);
        var slots = await Slots(db, user, At(period.From, zone), At(period.To.AddDays(1), zone), ct);
        return Behavior.Of(period, slots, zone, DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(since, zone)));
    }

    /// <summary>The zone that the person set; UTC where it is none that is known here.</summary>
    private static async Task<(TimeZoneInfo Zone, DateTime Since)> Person(NpgsqlConnection db, long user, CancellationToken ct)
    {
        await using var command = Sql.Command(db, "-- analytics.person\nselect time_zone, created_at from users where id = $1", Sql.Value(user));
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        var zone = row.TextOrNull(0) is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : TimeZoneInfo.Utc;
        return (zone, row.GetDateTime(1));
    }

    private static async Task<List<int>> Slots(NpgsqlConnection db, long user, int from, int to, CancellationToken ct)
    {
        var slots = new List<int>();
        await using var command = Sql.Command(db, SlotsSql, Sql.Value(user), Sql.Value(from), Sql.Value(to));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            slots.Add(row.GetInt32(0));
        return slots;
    }

    /// <summary>Where a day of the person's begins; a midnight that summer time leaves out is the hour after it.</summary>
    private static int At(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return Presence.Slots.At(TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight, zone));
    }
}
