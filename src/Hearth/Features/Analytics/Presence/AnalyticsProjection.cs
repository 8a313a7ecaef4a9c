using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Analytics.Presence;

/// <summary>
/// When people were there, and what they did with skills and reported, by day. Sums of rows that count; a five minutes in which a person did
/// anything is stored once, and looked up in the ledger again when a row in it is voided or restored.
/// </summary>
internal sealed class AnalyticsProjection : Projection
{
    private const int MostRemembered = 200_000;

    private readonly HashSet<(long User, int Slot)> remembered = [];
    private uint tables;

    public override string Name => "analytics";

    public override IReadOnlyList<string> Tables { get; } = ["analytics_presence", "analytics_user_days", "analytics_skill_days"];

    public override void Begin() => remembered.Clear();

    public override Task Apply(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, CancellationToken ct) => Apply(db, rows, [], ct);

    /// <remarks>What is stored already is not stored again: people do many things in five minutes.</remarks>
    public override async Task<Action?> Live(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, CancellationToken ct)
    {
        await using (var command = new NpgsqlCommand("-- analytics.tables\nselect 'analytics_presence'::regclass::oid", db))
        {
            var now = (uint)(await command.ExecuteScalarAsync(ct))!;
            if (now != tables || remembered.Count > MostRemembered)
                remembered.Clear();
            tables = now;
        }

        await Apply(db, rows, remembered, ct);
        return null;
    }

    private static async Task Apply(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, HashSet<(long User, int Slot)> known, CancellationToken ct)
    {
        var there = new List<(long User, int Slot)>();
        var doubted = new HashSet<(long User, int Slot)>();
        var users = new DaySums(UserDays.Width);
        var skills = new DaySums(SkillDays.Width);
        foreach (var row in rows)
        {
            var fact = row.Voided ?? row;
            var sign = row.Verb == Verb.Void ? -1 : 1;
            if (Slots.Of(fact) is { } slot)
            {
                if (row.Voided is not null)
                    doubted.Add(slot);
                else if (known.Add(slot))
                    there.Add(slot);
            }

            UserDays.Count(users, fact, sign);
            SkillDays.Count(skills, fact, sign);
        }

        await using var batch = new NpgsqlBatch(db);
        AnalyticsStore.Add(batch, there);
        if (doubted.Count > 0)
        {
            known.ExceptWith(doubted);
            AnalyticsStore.Doubt(batch, [.. doubted], rows[^1].Id);
        }

        AnalyticsStore.Add(batch, "analytics_user_days", "user_id", UserDays.Columns, users);
        AnalyticsStore.Add(batch, "analytics_skill_days", "skill_id", SkillDays.Columns, skills);
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>Counts by someone or something and day.</summary>
internal sealed class DaySums(int width)
{
    private readonly Dictionary<(long Id, DateOnly Day), long[]> sums = [];

    /// <summary>Those that are not all zero, in order.</summary>
    public List<(long Id, DateOnly Day, long[] Counts)> Changed =>
        [.. sums.Where(one => Array.Exists(one.Value, count => count != 0)).Select(one => (one.Key.Id, one.Key.Day, one.Value)).OrderBy(one => one.Id).ThenBy(one => one.Day)];

    public void Add(long id, DateTime at, int column, long n)
    {
        var key = (id, DateOnly.FromDateTime(at));
        if (!sums.TryGetValue(key, out var counts))
            sums[key] = counts = new long[width];
        counts[column] += n;
    }
}
