using System.Globalization;
using System.Text.Json;
using Hearth.Database;
using Hearth.Platform;
using Hearth.Realtime.Sockets;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>Who reads: moderators see what is hidden.</summary>
internal readonly record struct Reader(long User, bool IsModerator)
{
    public static Reader Of(Caller caller) => new(caller.UserId, caller.IsModerator);

    /// <summary>The first two parameters of every statement that reads for somebody.</summary>
    public NpgsqlParameter[] Parameters => [Sql.Value(User), Sql.Value(IsModerator)];
}

/// <summary>The statements that read skills.</summary>
internal static class SkillReads
{
    /// <summary>What <see cref="Row"/> reads; the reader is <c>$1</c>.</summary>
    public const string Columns =
        """
        s.id, s.author, s.uuid, s.title, s.description, s.category, s.difficulty, s.tags, s.days::text, s.visibility,
        u.uuid, u.username, u.display_name, u.profile_photo, s.likes, s.downloads, s.views, s.comment_count, s.rating_sum, s.rating_count,
        exists (select from skill_likes m where m.skill_id = s.id and m.user_id = $1),
        exists (select from skill_downloads m where m.skill_id = s.id and m.user_id = $1),
        coalesce((select m.rating from skill_ratings m where m.skill_id = s.id and m.user_id = $1), 0::smallint), s.created_at, s.updated_at,
        exists (select from skill_views m where m.skill_id = s.id and m.user_id = $1)
        """;

    /// <summary>Where the columns after <see cref="Columns"/> begin.</summary>
    public const int Width = 26;

    private static readonly string OneSql =
        $"""
        -- skills.one
        select {Columns} from skills s join users u on u.id = s.author where s.uuid = $3 and {Sight.Visible()}
        """;

    private static readonly string LockSql =
        $"""
        -- skills.lock
        select {Columns} from skills s join users u on u.id = s.author where s.uuid = $3 and {Sight.Visible()} for no key update of s
        """;

    private static readonly string NamedSql =
        $"""
        -- skills.named
        select {Columns} from skills s join users u on u.id = s.author where s.id = any(array(select unnest($3::bigint[]))) and {Sight.Visible()}
        """;

    /// <summary>A skill's id as a path has it; fails with 404 where it is none.</summary>
    public static Guid Uuid(string text) => Guid.TryParse(text, out var uuid) ? uuid : throw Failure.NotFound();

    /// <summary>Looks a skill up for whoever wants to follow it.</summary>
    public static FindSkill Finder(NpgsqlDataSource source) => async (caller, id) =>
    {
        await using var db = await source.OpenConnectionAsync();
        await using var command = Sql.Command(
            db, $"-- skills.find\nselect s.id from skills s where s.uuid = $3 and {Sight.Visible()}", Sql.Value(caller.UserId), Sql.Value(caller.IsModerator), Sql.Value(id));
        return await command.ExecuteScalarAsync() as long?;
    };

    /// <summary>The skill; fails with 404 where there is none that the reader may see.</summary>
    public static Task<SkillRow> One(NpgsqlConnection db, Reader reader, Guid uuid, CancellationToken ct) => One(db, OneSql, reader, uuid, ct);

    /// <inheritdoc cref="One(NpgsqlConnection, Reader, Guid, CancellationToken)"/>
    /// <remarks>Locked until the transaction ends: before comments and tasks, before counters.</remarks>
    public static Task<SkillRow> Lock(NpgsqlConnection db, Reader reader, Guid uuid, CancellationToken ct) => One(db, LockSql, reader, uuid, ct);

    /// <summary>Those of the skills that the reader may see, in no order.</summary>
    public static Task<List<SkillRow>> Named(NpgsqlConnection db, Reader reader, long[] ids, CancellationToken ct) =>
        Rows(Sql.Command(db, NamedSql, [.. reader.Parameters, Sql.Value(ids)]), ct);

    /// <summary>Skills that the reader may see, the newest first, as far as the page goes.</summary>
    public static Task<List<SkillRow>> List(NpgsqlConnection db, Reader reader, SkillFilter filter, KeysetQuery page, CancellationToken ct)
    {
        var (compare, order) = page.Backwards ? (">", "asc") : ("<", "desc");
        var parameters = new List<NpgsqlParameter>(reader.Parameters) { Sql.Value(page.Take) };
        var where = new List<string> { Sight.Visible() };
        if (page.Cursor is { } cursor)
        {
            parameters.AddRange([Sql.Time(cursor.Time(0)), Sql.Value(cursor.Long(1))]);
            where.Add($"(s.created_at, s.id) {compare} ($4, $5)");
        }

        filter.Add(parameters, where);
        var sql =
            $"""
            -- skills.list
            select {Columns} from skills s join users u on u.id = s.author
             where {string.Join(" and ", where)}
             order by s.created_at {order}, s.id {order}
             limit $3
            """;
        return Rows(Sql.Command(db, sql, [.. parameters]), ct);
    }

    public static string[] Key(SkillRow row) =>
        [row.View.CreatedAt.Ticks.ToString(CultureInfo.InvariantCulture), row.Id.ToString(CultureInfo.InvariantCulture)];

    public static SkillRow Row(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetBoolean(25), new SkillView(
        row.GetGuid(2),
        row.GetString(3),
        row.GetString(4),
        row.GetString(5),
        SkillDraft.Difficulties[row.GetInt16(6) - 1],
        row.GetFieldValue<string[]>(7),
        JsonSerializer.Deserialize(row.GetString(8), Json.Of<IReadOnlyList<SkillDay>>())!,
        SkillDraft.Visibilities[row.GetInt16(9) - 1],
        new SkillAuthor(row.GetGuid(10), row.GetString(11), row.GetString(12), row.TextOrNull(13)),
        row.GetInt32(14),
        row.GetInt32(15),
        row.GetInt32(16),
        row.GetInt32(17),
        Rating(row.GetInt32(18), row.GetInt32(19)),
        row.GetBoolean(20),
        row.GetBoolean(21),
        row.GetInt16(22) is var mine and > 0 ? mine : null,
        row.GetDateTime(23),
        row.GetDateTime(24)));

    public static SkillRating Rating(int sum, int count) =>
        new(count == 0 ? 0 : Math.Round((double)sum / count, 2, MidpointRounding.AwayFromZero), count);

    public static async Task<List<SkillRow>> Rows(NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
        {
            var rows = new List<SkillRow>();
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                rows.Add(Row(reader));
            return rows;
        }
    }

    private static async Task<SkillRow> One(NpgsqlConnection db, string sql, Reader reader, Guid uuid, CancellationToken ct) =>
        await Rows(Sql.Command(db, sql, [.. reader.Parameters, Sql.Value(uuid)]), ct) is [var row] ? row : throw Failure.NotFound();
}

/// <summary>Which skills a list is of.</summary>
internal sealed record SkillFilter(long? Author = null, string? Category = null, int? Difficulty = null, double? LeastRating = null)
{
    /// <param name="parameters">What the conditions are about is put behind these.</param>
    /// <param name="where">The conditions are put behind these.</param>
    /// <param name="category">Whose category is asked for: the skill's, or that of its heat, so that an index has the order as well.</param>
    public void Add(List<NpgsqlParameter> parameters, List<string> where, string category = "s")
    {
        if (Author is { } author)
            Add("s.author =", Sql.Value(author));
        if (Category is { } name)
            Add($"{category}.category_key =", Sql.Value(SkillDraft.Key(name)));
        if (Difficulty is { } difficulty)
            Add("s.difficulty =", Sql.Value((short)difficulty));
        if (LeastRating is { } rating)
            Add("s.rating >=", Sql.Value((float)rating));

        void Add(string condition, NpgsqlParameter value)
        {
            parameters.Add(value);
            where.Add($"{condition} ${parameters.Count}");
        }
    }
}
