using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>Contents that somebody was shown, in their order, and which of them they then took to.</summary>
internal sealed record ShownList(long[] Contents, HashSet<long> Taken);

/// <summary>People of a variant, those of them with the outcome, and those who have it not but whose days for it are not over.</summary>
internal readonly record struct VariantCounts(long People, long Outcomes, long Pending);

/// <summary>The statements of experiments; what happened is read from the ledger, without what is void.</summary>
internal static class ExperimentStore
{
    private const string Columns = "id, key, name, description, variants, weights, outcome, outcome_days, planned, created_at";

    private const string AddSql =
        $"""
        -- experiments.add
        insert into experiments (name, description, variants, weights, outcome, outcome_days, planned) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (name) do nothing returning {Columns}
        """;

    private const string FindSql = $"-- experiments.find\nselect {Columns} from experiments where id = $1";

    private const string ExposeSql = "-- experiments.expose\ninsert into experiment_people (experiment_id, user_id) values ($1, $2) on conflict do nothing";

    private const string CountsSql =
        """
        -- experiments.counts
        with exposed as materialized (
          select distinct on (l.actor) l.actor, l.value as variant, l.at, l.id
            from ledger l
           where l.object_kind = 24 and l.object_id = $1 and l.verb = 172
             and coalesce((select v.verb = 101 from ledger v where v.voids = l.id and v.id > l.id order by v.id desc limit 1), true)
           order by l.actor, l.id)
        select e.variant, count(*),
               count(*) filter (where e.did), count(*) filter (where not e.did and e.at + make_interval(days => $3) > $4)
          from (select x.variant, x.at, exists (
                         select from ledger o
                          where o.actor = x.actor and o.id > x.id and o.verb = 159 + $2 and o.at >= x.at and o.at < x.at + make_interval(days => $3)
                            and coalesce((select v.verb = 101 from ledger v where v.voids = o.id and v.id > o.id order by v.id desc limit 1), true)) as did
                  from exposed x) e
         group by e.variant
        """;

    // Taken to: liked, saved, shared, completed, or rated above 5.
    private const string ShownSql =
        """
        -- experiments.shown
        with exposed as materialized (
          select l.id, l.actor, l.at, array(select (s #>> '{}')::bigint from jsonb_array_elements(l.detail -> 'shown') with ordinality as a (s, n) order by n) as shown
            from ledger l
           where l.object_kind = 24 and l.object_id = $1 and l.verb = 172 and l.detail is not null
             and coalesce((select v.verb = 101 from ledger v where v.voids = l.id and v.id > l.id order by v.id desc limit 1), true)
           order by l.id desc limit 10000)
        select e.shown, array(
                 select distinct o.object_id from ledger o
                  where o.actor = e.actor and o.id > e.id and o.object_kind = 23 and o.object_id = any(e.shown)
                    and (o.verb in (161, 163, 164, 167) or (o.verb = 168 and o.value > 5)) and o.at >= e.at and o.at < e.at + make_interval(days => $2)
                    and coalesce((select v.verb = 101 from ledger v where v.voids = o.id and v.id > o.id order by v.id desc limit 1), true))
          from exposed e order by e.id
        """;

    public static async Task<Experiment?> Add(NpgsqlConnection db, ExperimentRequest request, CancellationToken ct)
    {
        await using var command = Sql.Command(
            db,
            AddSql,
            Sql.Text(request.Name),
            Sql.Text(request.Description),
            Sql.Array(request.Variants, one => one.Name),
            Sql.Array(request.Variants, one => one.Weight),
            Sql.Value(InteractionTypes.Parse(request.Outcome)),
            Sql.Value(request.OutcomeDays),
            Sql.Value(request.PlannedPeople));
        return (await Read(command, ct)).SingleOrDefault();
    }

    public static async Task<Experiment?> Find(NpgsqlConnection db, long id, CancellationToken ct)
    {
        await using var command = Sql.Command(db, FindSql, Sql.Value(id));
        return (await Read(command, ct)).SingleOrDefault();
    }

    public static async Task<List<Experiment>> List(NpgsqlConnection db, KeysetQuery page, CancellationToken ct)
    {
        var (compare, order) = page.Backwards ? (">", "asc") : ("<", "desc");
        var from = page.Cursor is null ? "" : $"where id {compare} $2";
        await using var command = Sql.Command(
            db, $"-- experiments.list\nselect {Columns} from experiments {from} order by id {order} limit $1", Sql.Value(page.Take));
        if (page.Cursor is { } cursor)
            command.Parameters.Add(Sql.Value(cursor.Long(0)));
        return await Read(command, ct);
    }

    /// <returns>Whether it is the person's first.</returns>
    public static async Task<bool> Expose(NpgsqlConnection db, long experiment, long user, CancellationToken ct) =>
        await Sql.Execute(db, ExposeSql, ct, Sql.Value(experiment), Sql.Value(user)) > 0;

    /// <returns>For each variant that somebody met: what came of it until now.</returns>
    public static async Task<Dictionary<int, VariantCounts>> Counts(NpgsqlConnection db, Experiment experiment, DateTime now, CancellationToken ct)
    {
        await using var command = Sql.Command(
            db, CountsSql, Sql.Value(experiment.Id), Sql.Value((int)experiment.Outcome), Sql.Value(experiment.OutcomeDays), Sql.Time(now));
        var counts = new Dictionary<int, VariantCounts>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            counts[row.GetInt32(0)] = new VariantCounts(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
        return counts;
    }

    public static async Task<List<ShownList>> Shown(NpgsqlConnection db, Experiment experiment, CancellationToken ct)
    {
        await using var command = Sql.Command(db, ShownSql, Sql.Value(experiment.Id), Sql.Value(experiment.OutcomeDays));
        var lists = new List<ShownList>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            lists.Add(new ShownList(row.GetFieldValue<long[]>(0), [.. row.GetFieldValue<long[]>(1)]));
        return lists;
    }

    private static async Task<List<Experiment>> Read(NpgsqlCommand command, CancellationToken ct)
    {
        var experiments = new List<Experiment>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            experiments.Add(new Experiment(
                row.GetInt64(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetFieldValue<string[]>(4), row.GetFieldValue<int[]>(5),
                row.GetInt16(6), row.GetInt32(7), row.GetInt32(8), row.GetDateTime(9)));
        }

        return experiments;
    }
}
