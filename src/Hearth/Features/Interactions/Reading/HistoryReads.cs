using System.Globalization;
using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>The statements that read a person's rows, and count them without looking at each.</summary>
internal static class HistoryReads
{
    public const string Columns =
        """
        r.id, r.user_id, case when r.by_external_id then c.external_id end, r.content_id, r.type, r.value, r.mood, r.intensity, r.seconds, r.context, r.notes,
               r.created_at, r.updated_at, c.title
        """;

    private const string PageSql =
        $"""
        -- interactions.history
        select {Columns}
          from (select * from interactions r
                 where user_id = $1 and standing and ($2::smallint is null or type = $2)
                   and ($3::timestamptz is null or created_at >= $3) and ($4::timestamptz is null or created_at <= $4)
                 order by created_at desc, id desc limit $5 offset $6) r
          left join contents c on c.id = r.content_id
         order by r.created_at desc, r.id desc
        """;

    private const string AllSql = "-- interactions.total\nselect n from interaction_people where user_id = $1";

    private const string DaysSql =
        """
        -- interactions.total_of_days
        select coalesce(sum(n), 0)::bigint from interaction_days
         where user_id = $1 and ($2::smallint is null or type = $2) and ($3::date is null or day >= $3) and ($4::date is null or day < $4)
        """;

    private const string PartSql =
        """
        -- interactions.total_of_part
        select count(*) from interactions
         where user_id = $1 and standing and ($2::smallint is null or type = $2) and created_at >= $3 and created_at < $4
        """;

    public static async Task<List<InteractionView>> Page(
        NpgsqlConnection db, InteractionRange range, short? type, int limit, int offset, bool titles, CancellationToken ct)
    {
        await using var command = Sql.Command(
            db, PageSql, Sql.Value(range.User), Type(type), Sql.Time(range.From), Sql.Time(range.To), Sql.Value(limit), Sql.Value(offset));
        var rows = new List<InteractionView>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            rows.Add(titles ? Read(row) with { ContentTitle = row.TextOrNull(13) } : Read(row));
        return rows;
    }

    /// <summary>Whole days come from the counters by day; only the parts of days at the ends are counted by their rows.</summary>
    public static async Task<long> Total(NpgsqlConnection db, InteractionRange range, short? type, CancellationToken ct)
    {
        if (type is null && range is { From: null, To: null })
            return await Scalar(db, AllSql, ct, Sql.Value(range.User));
        // From inclusive, to exclusive.
        var to = range.To is { } last && last < DateTime.MaxValue.AddDays(-1) ? last.AddMicroseconds(1) : (DateTime?)null;
        DateOnly? firstDay = range.From is { } from ? DateOnly.FromDateTime(from.TimeOfDay == TimeSpan.Zero ? from : from.Date.AddDays(from < DateTime.MaxValue.AddDays(-1) ? 1 : 0)) : null;
        DateOnly? endDay = to is { } end ? DateOnly.FromDateTime(end) : null;
        if (range.From is { } start && to is { } stop && firstDay >= endDay)
            return await Part(db, range.User, type, start, stop, ct);
        var total = await Scalar(
            db, DaysSql, ct, Sql.Value(range.User), Type(type), Day(firstDay), Day(endDay));
        if (range.From is { } head && head < Midnight(firstDay!.Value))
            total += await Part(db, range.User, type, head, Midnight(firstDay.Value), ct);
        if (to is { } tail && tail > Midnight(endDay!.Value))
            total += await Part(db, range.User, type, Midnight(endDay.Value), tail, ct);
        return total;
    }

    public static InteractionView Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetInt64(1),
        row.TextOrNull(2) ?? row.GetInt64(3).ToString(CultureInfo.InvariantCulture),
        InteractionTypes.Name(row.GetInt16(4)),
        Number(row, 5),
        row.TextOrNull(6),
        Number(row, 7),
        Number(row, 8),
        row.TextOrNull(9),
        row.TextOrNull(10),
        row.GetDateTime(11),
        row.GetDateTime(12));

    public static NpgsqlParameter Type(short? type) => new NpgsqlParameter<short?> { TypedValue = type, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Smallint };

    private static NpgsqlParameter Day(DateOnly? day) => new NpgsqlParameter<DateOnly?> { TypedValue = day, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Date };

    private static DateTime Midnight(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    private static Task<long> Part(NpgsqlConnection db, long user, short? type, DateTime from, DateTime to, CancellationToken ct) =>
        Scalar(db, PartSql, ct, Sql.Value(user), Type(type), Sql.Time(from), Sql.Time(to));

    private static async Task<long> Scalar(NpgsqlConnection db, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = Sql.Command(db, sql, parameters);
        return await command.ExecuteScalarAsync(ct) as long? ?? 0;
    }

    private static int? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}
