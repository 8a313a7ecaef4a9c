using Npgsql;

namespace Hearth.Features.Operations.Import;

/// <summary>
/// What there is of the other community here already: by earlier runs, and by what this run has read so far. Each thing by the
/// name it was imported under.
/// </summary>
internal sealed class KnownRefs
{
    private const string UsersSql = "select imported_from, id, username from users where starts_with(imported_from, $1)";

    private const string PostsSql = "select imported_from, id, author, group_id, course_id from posts where starts_with(imported_from, $1)";

    private const string CommentsSql = "select imported_from, id, author, post_id, coalesce(root_id, id) from comments where starts_with(imported_from, $1)";

    private const string GroupsSql =
        """
        select imported_from, id, owner, false from groups where starts_with(imported_from, $1)
        union all
        select imported_from, id, owner, true from courses where starts_with(imported_from, $1)
        """;

    private const string GoneSql = "select imported_from from import_gone where starts_with(imported_from, $1)";

    /// <summary>What was removed here since it came.</summary>
    public HashSet<string> Gone { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> Users { get; } = new(StringComparer.Ordinal);

    /// <summary>People of the import by the name that texts call them by.</summary>
    public Dictionary<string, long> Names { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, (int Id, long Owner, bool IsCourse)> Groups { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, KnownPost> Posts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, KnownComment> Comments { get; } = new(StringComparer.Ordinal);

    /// <summary>Posts by id, for what hangs on their comments.</summary>
    public Dictionary<long, KnownPost> PostsById { get; } = [];

    /// <param name="prefix">What the names of this community begin with.</param>
    public static async Task<KnownRefs> Load(NpgsqlConnection db, string prefix, CancellationToken ct)
    {
        var known = new KnownRefs();
        await Read(db, UsersSql, prefix, r => known.Add(r.GetString(0), r.GetInt64(1), r.GetString(2)), ct);
        await Read(db, GroupsSql, prefix, r => known.Groups.Add(r.GetString(0), (r.GetInt32(1), r.GetInt64(2), r.GetBoolean(3))), ct);
        await Read(db, PostsSql, prefix, r => known.Add(r.GetString(0), new KnownPost(r.GetInt64(1), r.GetInt64(2), Int(r, 3), Int(r, 4))), ct);
        await Read(
            db, CommentsSql, prefix,
            r => known.Comments.Add(r.GetString(0), new KnownComment(r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4))), ct);
        await Read(db, GoneSql, prefix, r => known.Gone.Add(r.GetString(0)), ct);
        return known;
    }

    public void Add(string name, long user, string username)
    {
        Users.Add(name, user);
        Names[ImportNames.Key(username)] = user;
    }

    public void Add(string name, KnownPost post)
    {
        Posts.Add(name, post);
        PostsById.Add(post.Id, post);
    }

    private static async Task Read(NpgsqlConnection db, string sql, string prefix, Action<NpgsqlDataReader> row, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db) { Parameters = { new NpgsqlParameter<string> { TypedValue = prefix } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            row(reader);
    }

    private static int? Int(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetInt32(column);
}
