using Hearth.Features.Engagement.Badges;
using Hearth.Features.Engagement.Reputation;
using Hearth.Features.Engagement.Rollups;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Actions;

/// <summary>One slice of rows on its way through the stages: load, fold, write.</summary>
internal sealed class EngagementSlice
{
    // Every lookup is by key from an array: loops over the index, whatever the statistics of a table made a moment ago say.
    private const string ProbeSql =
        "set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_seqscan = off; set local jit = off";

    private const string PlanSql =
        "set local enable_hashjoin = on; set local enable_mergejoin = on; set local enable_seqscan = on";

    private readonly ActionLog log;
    private readonly DayRollups rollups = new();
    private readonly People people;
    private readonly VoidMarks marks = new();
    private readonly Points points;
    private readonly BadgeFold badges;
    private readonly BadgeJudge judge;

    private EngagementSlice(RuleTimeline rules, IReadOnlyList<BadgeRule> custom, Memory memory)
    {
        log = new ActionLog(memory);
        people = new People(memory);
        points = new Points(people, rules, memory);
        badges = new BadgeFold(people, custom, memory);
        judge = new BadgeJudge(custom);
    }

    /// <param name="aside">Where given, half of what is written goes this way, at once and for good: for tables that nobody reads yet.</param>
    public static async Task Apply(NpgsqlConnection db, NpgsqlConnection? aside, IReadOnlyList<LedgerRow> rows, Memory memory, CancellationToken ct)
    {
        if (!rows.Any(row => Concerns(row.Voided ?? row)))
            return;
        var slice = new EngagementSlice(await RuleFold.Read(db, ct), await BadgeStore.Rules(db, ct), memory);
        await Execute(db, ProbeSql, ct);
        await slice.Load(db, rows, ct);
        slice.Fold(rows);
        await slice.Write(db, aside, ct);
        if (await slice.judge.Run(db, ct))
            memory.Held.Clear();
        await Execute(db, PlanSql, ct);
    }

    private async Task Load(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, CancellationToken ct)
    {
        var counted = rows.Where(row => row.Voided is { } voided && IsCounted(voided)).Select(row => row.Voided!.Id).ToArray();
        if (counted.Length > 0)
            await marks.Load(db, counted, rows[0].Id, ct);
        await log.Load(db, rows, marks, ct);
        var candidates = log.Candidates.ToList();
        if (candidates.Count == 0)
            return;
        await people.Load(db, candidates, ct);
        await points.Load(db, candidates, ct);
        await rollups.Load(db, candidates, ct);
        await badges.Load(db, candidates, rows[0].Id, ct);
    }

    private void Fold(IReadOnlyList<LedgerRow> rows)
    {
        var changes = new List<Change>();
        foreach (var row in rows)
        {
            if (IsCounted(row.Voided ?? row))
            {
                Count(row);
                continue;
            }

            log.Step(row, changes);
            foreach (var change in changes)
            {
                rollups.Apply(change);
                points.Apply(change);
                badges.Apply(change);
            }

            changes.Clear();
            if (row.Voided is { } voided)
            {
                foreach (var deed in log.BegunBy(voided))
                    judge.Doubt(deed);
            }
        }
    }

    private void Count(LedgerRow row)
    {
        if (row.Voided is not { } voided)
            rollups.Apply(row, 1);
        else if (marks.Set(voided.Id, row.Verb == Verb.Void))
            rollups.Apply(voided, row.Verb == Verb.Void ? -1 : 1);
    }

    private async Task Write(NpgsqlConnection db, NpgsqlConnection? aside, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        await using var other = aside is null ? null : new NpgsqlBatch(aside);
        log.Write(other ?? batch);
        points.WritePairs(other ?? batch);
        people.Write(batch);
        points.Write(batch);
        rollups.Write(batch);
        badges.Write(batch);
        await Task.WhenAll(Execute(batch, ct), Execute(other, ct));
        people.Settle();
        badges.Settle();
    }

    private static Task Execute(NpgsqlBatch? batch, CancellationToken ct) =>
        batch is { BatchCommands.Count: > 0 } ? batch.ExecuteNonQueryAsync(ct) : Task.CompletedTask;

    private static bool Concerns(LedgerRow row) => IsCounted(row) || Deeds.TryKey(row, out _, out _);

    /// <summary>Rows that count each by itself, whoever it was.</summary>
    private static bool IsCounted(LedgerRow row) => row.Verb is Verb.ClickLink or Verb.Convert && row.Kind == ObjectKind.Promo;

    private static async Task Execute(NpgsqlConnection db, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db);
        await command.ExecuteNonQueryAsync(ct);
    }
}
