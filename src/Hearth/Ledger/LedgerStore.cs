using Npgsql;
using NpgsqlTypes;

namespace Hearth.Ledger;

/// <summary>The ledger's statements. Rows are inserted through the parent table only: its trigger takes the fence.</summary>
internal static class LedgerStore
{
    private const string AppendSql =
        """
        -- ledger.append
        with added as (
          insert into ledger (at, actor, object_id, subject, voids, tenant, group_id, course_id, campaign_id, value, verb, object_kind, detail)
          select coalesce(r.at, clock_timestamp()), r.actor, r.object_id, r.subject, r.voids, r.tenant, r.group_id, r.course_id, r.campaign_id,
                 r.value, r.verb, r.kind, r.detail::jsonb
            from unnest($1::timestamptz[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::int[], $7::int[], $8::int[], $9::int[],
                        $10::int[], $11::smallint[], $12::smallint[], $13::text[]) with ordinality
                 as r (at, actor, object_id, subject, voids, tenant, group_id, course_id, campaign_id, value, verb, kind, detail, n)
           order by r.n
          returning id)
        select coalesce(max(id), 0) from added
        """;

    private const string Columns =
        "l.id, l.at, l.verb, l.object_kind, l.object_id, l.actor, l.subject, l.group_id, l.course_id, l.campaign_id, l.tenant, l.value, l.detail::text, l.voids";

    private const string VoidedColumns =
        "v.id, v.at, v.verb, v.object_kind, v.object_id, v.actor, v.subject, v.group_id, v.course_id, v.campaign_id, v.tenant, v.value, v.detail::text, v.voids";

    private const string Rows =
        $"select {Columns}, {VoidedColumns} from ledger l left join lateral (select * from ledger v where v.id = l.voids offset 0) v on true";

    private const string ReadSql =
        $"""
        -- ledger.read
        {Rows} where l.id > $1 and l.id <= $2 order by l.id limit $3
        """;

    private const string NextHorizonSql =
        """
        -- ledger.next_horizon
        select set_config('hearth.horizon', ledger_horizon()::text, true)::bigint
        """;

    private const string NextSql =
        $"""
        -- ledger.next
        {Rows} where l.id > $1 and l.id <= current_setting('hearth.horizon')::bigint order by l.id limit $2
        """;

    /// <summary>A command that appends the entries in their order and returns the greatest id.</summary>
    public static NpgsqlBatchCommand AppendCommand(IReadOnlyList<Entry> entries)
    {
        var command = new NpgsqlBatchCommand(AppendSql);
        var n = entries.Count;
        var at = new DateTime?[n];
        var actor = new long?[n];
        var objectId = new long[n];
        var subject = new long?[n];
        var voids = new long?[n];
        var tenant = new int?[n];
        var group = new int?[n];
        var course = new int?[n];
        var campaign = new int?[n];
        var value = new int?[n];
        var verb = new short[n];
        var kind = new short[n];
        var detail = new string?[n];
        for (var i = 0; i < n; i++)
        {
            var e = entries[i];
            at[i] = e.At;
            actor[i] = e.Actor;
            objectId[i] = e.ObjectId;
            subject[i] = e.Subject;
            voids[i] = e.Voids;
            tenant[i] = e.Tenant;
            group[i] = e.Group;
            course[i] = e.Course;
            campaign[i] = e.Campaign;
            value[i] = e.Value;
            verb[i] = (short)e.Verb;
            kind[i] = (short)e.Kind;
            detail[i] = e.Detail;
        }

        Add(command, NpgsqlDbType.TimestampTz, at);
        Add(command, NpgsqlDbType.Bigint, actor);
        Add(command, NpgsqlDbType.Bigint, objectId);
        Add(command, NpgsqlDbType.Bigint, subject);
        Add(command, NpgsqlDbType.Bigint, voids);
        Add(command, NpgsqlDbType.Integer, tenant);
        Add(command, NpgsqlDbType.Integer, group);
        Add(command, NpgsqlDbType.Integer, course);
        Add(command, NpgsqlDbType.Integer, campaign);
        Add(command, NpgsqlDbType.Integer, value);
        Add(command, NpgsqlDbType.Smallint, verb);
        Add(command, NpgsqlDbType.Smallint, kind);
        Add(command, NpgsqlDbType.Text, detail);
        return command;

        static void Add<T>(NpgsqlBatchCommand command, NpgsqlDbType type, T[] values) =>
            command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    /// <summary>Appends in the connection's open transaction.</summary>
    /// <returns>The greatest id of the entries, which is the transaction's position; 0 when there are none.</returns>
    public static async Task<long> Append(NpgsqlConnection db, IReadOnlyList<Entry> entries, CancellationToken ct = default)
    {
        if (entries.Count == 0)
            return 0;
        await using var batch = new NpgsqlBatch(db);
        batch.BatchCommands.Add(AppendCommand(entries));
        return (long)(await batch.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Appends, and commits the connection's open transaction by the same round trip.</summary>
    /// <returns>As <see cref="Append"/>.</returns>
    public static async Task<long> AppendAndCommit(NpgsqlConnection db, IReadOnlyList<Entry> entries)
    {
        await using var batch = new NpgsqlBatch(db) { BatchCommands = { AppendCommand(entries), new NpgsqlBatchCommand("commit") } };
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        await reader.ReadAsync(CancellationToken.None);
        var position = reader.GetInt64(0);
        await reader.NextResultAsync(CancellationToken.None);
        return position;
    }

    /// <summary>
    /// For a session that reads again and again: a plan of the partitions costs more than the reading of a few rows, and is made once.
    /// </summary>
    public static async Task PlanOnce(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("set plan_cache_mode = force_generic_plan", db);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Every row with an id up to the result is visible to a statement that starts after this one.</summary>
    public static async Task<long> Horizon(NpgsqlConnection db, CancellationToken ct = default)
    {
        await using var command = new NpgsqlCommand("select ledger_horizon()", db);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The greatest id given out so far, visible or not.</summary>
    public static async Task<long> Head(NpgsqlConnection db, CancellationToken ct = default)
    {
        await using var command = new NpgsqlCommand("select coalesce(pg_sequence_last_value('public.ledger_id_seq'), 0)", db);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>
    /// Rows after <paramref name="after"/> up to <paramref name="upTo"/>, which must not be above a horizon that was
    /// taken by an earlier statement, in order; at most <paramref name="limit"/>.
    /// </summary>
    public static async Task<List<LedgerRow>> Read(NpgsqlConnection db, long after, long upTo, int limit, CancellationToken ct = default)
    {
        var rows = new List<LedgerRow>();
        if (upTo <= after)
            return rows;
        await using var command = new NpgsqlCommand(ReadSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = after },
                new NpgsqlParameter<long> { TypedValue = upTo },
                new NpgsqlParameter<int> { TypedValue = limit },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(RowAndVoided(reader));
        return rows;
    }

    /// <summary>
    /// The horizon, and the rows after a position up to it, at most <paramref name="limit"/>, by one round trip. They are two
    /// statements all the same: the rows must be looked for after the horizon is known.
    /// </summary>
    public static async Task<(long Horizon, List<LedgerRow> Rows)> Next(NpgsqlConnection db, long after, int limit, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(NextHorizonSql),
                new NpgsqlBatchCommand(NextSql)
                {
                    Parameters = { new NpgsqlParameter<long> { TypedValue = after }, new NpgsqlParameter<int> { TypedValue = limit } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var horizon = reader.GetInt64(0);
        await reader.NextResultAsync(ct);
        var rows = new List<LedgerRow>();
        while (await reader.ReadAsync(ct))
            rows.Add(RowAndVoided(reader));
        return (horizon, rows);
    }

    /// <summary>The rows with these ids, in order.</summary>
    public static async Task<List<LedgerRow>> Named(NpgsqlConnection db, IReadOnlyList<long> ids, CancellationToken ct = default)
    {
        await using var command = new NpgsqlCommand($"-- ledger.named\nselect {Columns} from ledger l where l.id = any($1) order by l.id", db)
        {
            Parameters = { new NpgsqlParameter<long[]> { TypedValue = [.. ids] } },
        };
        var rows = new List<LedgerRow>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(Row(reader, 0));
        return rows;
    }

    private static LedgerRow RowAndVoided(NpgsqlDataReader r) => Row(r, 0) with { Voided = r.IsDBNull(14) ? null : Row(r, 14) };

    private static LedgerRow Row(NpgsqlDataReader r, int o) => new(
        r.GetInt64(o),
        r.GetDateTime(o + 1),
        (Verb)r.GetInt16(o + 2),
        (ObjectKind)r.GetInt16(o + 3),
        r.GetInt64(o + 4),
        Long(r, o + 5),
        Long(r, o + 6),
        Int(r, o + 7),
        Int(r, o + 8),
        Int(r, o + 9),
        Int(r, o + 10),
        Int(r, o + 11),
        r.IsDBNull(o + 12) ? null : r.GetString(o + 12),
        Long(r, o + 13));

    private static long? Long(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetInt64(i);

    private static int? Int(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetInt32(i);
}
