using Hearth.Features.Messaging.Tenancy;

namespace Hearth.Features.Messaging.Activity;

/// <summary>By how much a tenant's day changes.</summary>
internal readonly record struct DayChange(DateOnly Day)
{
    public int Sent { get; init; }

    public int Received { get; init; }

    public int Delivered { get; init; }

    public int Conversations { get; init; }

    public int Replied { get; init; }

    public int Open { get; init; }

    public int Campaigns { get; init; }

    public bool IsNothing => this == new DayChange(Day);
}

/// <summary>The rollups behind all figures, by day and by month: changed in the transaction of what it counts, so that they never differ from it.</summary>
internal static class DayCounts
{
    private const int Slots = 4;

    private const string Columns = "sent, received, delivered, conversations, replied, open, campaigns";

    private const string Added =
        """
        sent = d.sent + excluded.sent, received = d.received + excluded.received, delivered = d.delivered + excluded.delivered,
               conversations = d.conversations + excluded.conversations, replied = d.replied + excluded.replied, open = d.open + excluded.open,
               campaigns = d.campaigns + excluded.campaigns
        """;

    private const string DaySql =
        $"""
        -- messaging_days.add
        insert into messaging_days as d (tenant, day, slot, {Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (tenant, day, slot) do update set {Added}
        """;

    private const string MonthSql =
        $"""
        -- messaging_months.add
        insert into messaging_months as d (tenant, month, slot, {Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (tenant, month, slot) do update set {Added}
        """;

    /// <summary>One of the rows that writers at one moment spread over.</summary>
    public static short Slot() => (short)Random.Shared.Next(Slots);

    public static async Task Add(TenantDb db, params IEnumerable<DayChange> changes)
    {
        var slot = Slot();
        List<DayChange> real = [.. changes.Where(change => !change.IsNothing).OrderBy(change => change.Day)];
        // In one order always, days before months: two who change the same rows must not wait for each other.
        foreach (var change in real)
            await Add(db, DaySql, change.Day, slot, change);
        foreach (var change in real)
            await Add(db, MonthSql, new DateOnly(change.Day.Year, change.Day.Month, 1), slot, change);
    }

    private static Task<int> Add(TenantDb db, string sql, DateOnly date, short slot, DayChange change) => db.Execute(
        sql, date, slot, change.Sent, change.Received, change.Delivered, change.Conversations, change.Replied, change.Open, change.Campaigns);
}
