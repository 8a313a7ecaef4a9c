using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Operations;

/// <summary>The statements behind the operators' pages.</summary>
internal static class OperationsStore
{
    // The newest ids only: the last minute's rows are among them, or there are more than that in a minute.
    private const string RateSql =
        """
        -- operations.rate
        select count(*)::float8 / 60 from ledger
         where id > (select coalesce(pg_sequence_last_value('public.ledger_id_seq'), 0)) - 200000 and at > now() - interval '60 seconds'
        """;

    // 19525 tags the ledger's fence.
    private const string OldestSql =
        """
        -- operations.oldest_writer
        select extract(epoch from clock_timestamp() - min(a.xact_start))::float8
          from pg_locks l join pg_stat_activity a using (pid)
         where l.locktype = 'advisory' and l.objsubid = 1 and l.classid::bigint >> 16 = 19525
           and l.database = (select oid from pg_database where datname = current_database())
        """;

    private const string ProjectionsSql =
        """
        -- operations.projections
        select name, version, position, rows, updated_at from projections order by name
        """;

    private const string PartitionsSql =
        """
        -- operations.partitions
        select p.name, p.from_id, p.to_id, p.month, greatest(c.reltuples, 0)::bigint, pg_total_relation_size(c.oid)
          from ledger_parts p join pg_class c on c.relname = p.name and c.relnamespace = 'public'::regnamespace
         order by p.from_id desc
        """;

    private const string Columns = "id, key, channel, state, attempts, due_at, created_at, sent_at, last_error";

    private const string DeliveriesSql =
        $"""
        -- operations.deliveries
        select {Columns} from deliveries
         where ($1::text is null or state = $1) and ($2::text is null or channel = $2) and case when $3 then id > $4 else id < $4 end
         order by case when $3 then id else -id end
         limit $5
        """;

    private const string DeliverySql =
        $"""
        -- operations.delivery
        select {Columns} from deliveries where id = $1
        """;

    public static async Task<double> Rate(NpgsqlConnection db, CancellationToken ct) => await Scalar(db, RateSql, ct) is double rate ? Math.Round(rate, 2) : 0;

    public static async Task<double?> OldestWriter(NpgsqlConnection db, CancellationToken ct) =>
        await Scalar(db, OldestSql, ct) is double seconds ? Math.Round(seconds, 3) : null;

    public static async Task<Guid> Epoch(NpgsqlConnection db, CancellationToken ct) => (Guid)(await Scalar(db, "select epoch from ledger_epoch", ct))!;

    public static Task<List<(string Name, int Version, long Position, long Rows, DateTime UpdatedAt)>> Projections(NpgsqlConnection db, CancellationToken ct) =>
        Read(db, ProjectionsSql, r => (r.GetString(0), r.GetInt32(1), r.GetInt64(2), r.GetInt64(3), r.GetDateTime(4)), ct);

    public static Task<List<PartitionView>> Partitions(NpgsqlConnection db, CancellationToken ct) =>
        Read(
            db, PartitionsSql,
            r => new PartitionView(
                r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.IsDBNull(3) ? null : r.GetFieldValue<DateOnly>(3), r.GetInt64(4), r.GetInt64(5)),
            ct);

    public static Task<List<DeliveryView>> Deliveries(
        NpgsqlConnection db, string? state, string? channel, bool backwards, long from, int take, CancellationToken ct) =>
        Read(db, DeliveriesSql, Delivery, ct, Text(state), Text(channel), P(backwards), P(from), P(take));

    public static async Task<DeliveryView?> Delivery(NpgsqlConnection db, long id, CancellationToken ct) =>
        (await Read(db, DeliverySql, Delivery, ct, P(id))).FirstOrDefault();

    private static DeliveryView Delivery(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetInt32(4), r.GetDateTime(5), r.GetDateTime(6),
        r.IsDBNull(7) ? null : r.GetDateTime(7), r.IsDBNull(8) ? null : r.GetString(8));

    private static async Task<List<T>> Read<T>(
        NpgsqlConnection db, string sql, Func<NpgsqlDataReader, T> row, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, db);
        command.Parameters.AddRange(parameters);
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(row(reader));
        return rows;
    }

    private static async Task<object?> Scalar(NpgsqlConnection db, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db);
        return await command.ExecuteScalarAsync(ct);
    }

    private static NpgsqlParameter P<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    private static NpgsqlParameter Text(string? value) => new NpgsqlParameter<string?> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };
}
