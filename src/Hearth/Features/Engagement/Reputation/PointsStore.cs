using Hearth.Features.Engagement.Actions;
using Npgsql;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>The statements on points: by pair and day before the cap, by person and day after it, and the log of late changes.</summary>
internal static class PointsStore
{
    private const string PairsSql =
        """
        -- engagement.pairs.load
        select p.earner, p.giver, p.day, p.points
          from unnest($1::bigint[], $2::bigint[], $3::date[]) as k (earner, giver, day)
          join engagement_pairs p on p.earner = k.earner and p.giver = k.giver and p.day = k.day
        """;

    private const string SetPairsSql =
        """
        -- engagement.pairs.set
        insert into engagement_pairs (earner, giver, day, points)
        select * from unnest($1::bigint[], $2::bigint[], $3::date[], $4::int[])
        on conflict (earner, giver, day) do update set points = excluded.points
        """;

    private const string RemovePairsSql =
        """
        -- engagement.pairs.remove
        delete from engagement_pairs p using unnest($1::bigint[], $2::bigint[], $3::date[]) as k (earner, giver, day)
         where p.earner = k.earner and p.giver = k.giver and p.day = k.day
        """;

    private const string AddDaysSql =
        """
        -- engagement.points.add
        insert into engagement_points as p (user_id, day, points)
        select * from unnest($1::bigint[], $2::date[], $3::int[])
        on conflict (user_id, day) do update set points = p.points + excluded.points
        """;

    private const string EmptyDaysSql =
        """
        -- engagement.points.empty
        delete from engagement_points p using unnest($1::bigint[], $2::date[]) as k (user_id, day)
         where p.user_id = k.user_id and p.day = k.day and p.points = 0
        """;

    private const string AddChangesSql =
        """
        -- engagement.changes.add
        insert into engagement_changes (id, at, action_id, action_at, actor, subject, object_id, verb, sign, own_points, received_points)
        select * from unnest($1::bigint[], $2::timestamptz[], $3::bigint[], $4::timestamptz[], $5::bigint[], $6::bigint[], $7::bigint[],
                             $8::smallint[], $9::smallint[], $10::int[], $11::int[])
        """;

    public static async Task<List<(Pair Pair, int Points)>> Pairs(NpgsqlConnection db, List<Pair> pairs, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        Keyed(batch.Command(PairsSql), pairs);
        var found = new List<(Pair, int)>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add((new Pair(reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<DateOnly>(2)), reader.GetInt32(3)));
        return found;
    }

    public static void SetPairs(NpgsqlBatch batch, List<(Pair Pair, int Points)> rows)
    {
        var kept = rows.FindAll(row => row.Points != 0);
        if (kept.Count > 0)
            Keyed(batch.Command(SetPairsSql), kept.ConvertAll(row => row.Pair)).Column(kept, row => row.Points);
        var gone = rows.FindAll(row => row.Points == 0);
        if (gone.Count > 0)
            Keyed(batch.Command(RemovePairsSql), gone.ConvertAll(row => row.Pair));
    }

    public static void AddDays(NpgsqlBatch batch, List<KeyValuePair<(long User, DateOnly Day), int>> rows)
    {
        if (rows.Count == 0)
            return;
        batch.Command(AddDaysSql).Column(rows, row => row.Key.User).Column(rows, row => row.Key.Day).Column(rows, row => row.Value);
        var lowered = rows.FindAll(row => row.Value < 0);
        if (lowered.Count > 0)
            batch.Command(EmptyDaysSql).Column(lowered, row => row.Key.User).Column(lowered, row => row.Key.Day);
    }

    public static void AddChanges(NpgsqlBatch batch, List<ChangeRow> rows)
    {
        if (rows.Count == 0)
            return;
        batch.Command(AddChangesSql)
            .Column(rows, row => row.Change.CauseId)
            .Column(rows, row => row.Change.CauseAt)
            .Column(rows, row => row.Change.Deed.Id)
            .Column(rows, row => row.Change.Deed.At)
            .Column(rows, row => row.Change.Deed.Actor)
            .Column(rows, row => row.Change.Deed.Subject)
            .Column(rows, row => row.Change.Deed.Key.ObjectId)
            .Column(rows, row => (short)row.Change.Deed.Verb)
            .Column(rows, row => (short)row.Change.Sign)
            .Column(rows, row => row.OwnPoints)
            .Column(rows, row => row.ReceivedPoints);
    }

    private static NpgsqlBatchCommand Keyed(NpgsqlBatchCommand command, List<Pair> pairs) =>
        command.Column(pairs, pair => pair.Earner).Column(pairs, pair => pair.Giver).Column(pairs, pair => pair.Day);
}
