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

/// <summary>The rollup behind all figures: changed in the transaction of what it counts, so that it never differs from it.</summary>
internal static class DayCounts
{
    private const int Slots = 4;

    private const string AddSql =
        """
        -- messaging_days.add
        insert into messaging_days as d (tenant, day, slot, sent, received, delivered, conversations, replied, open, campaigns)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (tenant, day, slot) do update
           set sent = d.sent + excluded.sent, received = d.received + excluded.received, delivered = d.delivered + excluded.delivered,
               conversations = d.conversations + excluded.conversations, replied = d.replied + excluded.replied, open = d.open + excluded.open,
               campaigns = d.campaigns + excluded.campaigns
        """;

    /// <summary>One of the rows that writers at one moment spread over.</summary>
    public static short Slot() => (short)Random.Shared.Next(Slots);

    public static async Task Add(TenantDb db, params IEnumerable<DayChange> changes)
    {
        var slot = Slot();
        // In one order always: two who change the same days must not wait for each other.
        foreach (var change in changes.Where(change => !change.IsNothing).OrderBy(change => change.Day))
        {
            await db.Execute(
                AddSql, change.Day, slot, change.Sent, change.Received, change.Delivered, change.Conversations, change.Replied, change.Open, change.Campaigns);
        }
    }
}
