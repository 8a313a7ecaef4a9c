using Hearth.Features.Engagement.Badges;
using Hearth.Features.Engagement.Chronicle;
using Hearth.Features.Engagement.Reputation;
using Hearth.Features.Engagement.Rollups;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Actions;

/// <summary>
/// Everything that follows from the ledger for engagement, in one projection so that its figures always agree: which actions
/// count, rollups, points, badges. A slice of rows is read against the tables once, folded in memory in order, and written
/// once; rows that change the rules, and deletions in courses and campaigns, stand between slices.
/// </summary>
internal sealed class EngagementProjection(int replayRows = 100_000) : Projection
{
    private readonly Memory memory = new();

    public override string Name => "engagement";

    public override int Version => 3;

    /// <summary>A person or post is read and written once per slice, however often it occurs.</summary>
    public override int ReplayRows => replayRows;

    public override IReadOnlyList<string> Tables { get; } =
    [
        "engagement_actions", "engagement_taken_back", "engagement_changes", "engagement_users", "engagement_objects", "engagement_pairs",
        "engagement_points", "engagement_days", "engagement_totals", "engagement_viewers", "engagement_participants", "engagement_badges",
        "engagement_badge_rules", "engagement_rules", "engagement_removed",
    ];

    public override IReadOnlyList<string> Lookups { get; } = ["engagement_actions_viewed", "engagement_actions_within"];

    public override bool ReadsWidely(LedgerRow row) => row.Voided is not null || Decision(row) is not null;

    public override void Begin() => memory.Forget();

    public override Task Apply(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, CancellationToken ct) => Apply(db, null, rows, new Memory(), ct);

    public override Replay ReplayFromNothing()
    {
        var memory = Memory.OfEmptyTables();
        return (db, aside, rows, ct) => Apply(db, aside, rows, memory, ct);
    }

    public override async Task<Action?> Live(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, CancellationToken ct)
    {
        var told = (await memory.Check(db, ct)).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        await Apply(db, null, rows, memory, ct);
        if (rows.Where(row => row.At < told && Concerns(row)).Select(row => row.At).DefaultIfEmpty(told).Min() is var first && first < told)
            await ChronicleStore.Forget(db, DateOnly.FromDateTime(first), ct);
        return null;
    }

    /// <summary>Whether anybody's points or engagements may change by the row.</summary>
    private static bool Concerns(LedgerRow row) => Deeds.TryKey(row.Voided ?? row, out _, out _) || Decision(row) is not null;

    private static async Task Apply(NpgsqlConnection db, NpgsqlConnection? aside, IReadOnlyList<LedgerRow> rows, Memory memory, CancellationToken ct)
    {
        var slice = new List<LedgerRow>(rows.Count);
        foreach (var row in rows)
        {
            var decision = Decision(row);
            if (decision is null && !Removals.Is(row))
            {
                slice.Add(row);
                continue;
            }

            await EngagementSlice.Apply(db, aside, slice, memory, ct);
            slice.Clear();
            memory.Forget();
            // What follows changes rows of every table, and holds them until all is committed.
            aside = null;
            if (decision is null)
                await Removals.Follow(db, row, ct);
            else if (decision.Verb == Verb.PublishRules)
                await RuleFold.Follow(db, row, decision, row.Verb != Verb.Void, ct);
            else
                await BadgeDefinitions.Follow(db, decision, row.Verb != Verb.Void, ct);
        }

        await EngagementSlice.Apply(db, aside, slice, memory, ct);
        memory.Trim();
    }

    /// <returns>The publication of rules or definition of a badge that the row makes, voids or restores; null when it does neither.</returns>
    private static LedgerRow? Decision(LedgerRow row)
    {
        var subject = row.Voided ?? row;
        return subject.Verb is Verb.PublishRules or Verb.DefineBadge && subject.Detail is not null ? subject : null;
    }
}
