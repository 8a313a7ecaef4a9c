using System.Globalization;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>
/// The two statements of a page of posts, sent as one round trip: the list's length (with its newest ids, where they are
/// worth keeping), and the page itself with what the reader has to do with each post.
/// </summary>
internal sealed class PostListSql
{
    /// <summary>How many of the newest ids of a list are kept in memory.</summary>
    public const int Window = 200;

    // An exact count of a search would read every match.
    private const int MostFound = 10_000;

    // Below it walking to an offset is cheaper than looking for its day.
    private const int Deep = 2_000;

    private readonly PostListQuery query;
    private readonly long reader;
    private readonly NpgsqlBatchCommand count = new();
    private readonly NpgsqlBatchCommand page = new();

    private PostListSql(PostListQuery query, long reader)
    {
        this.query = query;
        this.reader = reader;
    }

    /// <summary>Whether the newest ids of this list are the same for everyone who asks as this reader does.</summary>
    public static bool IsShared(PostListQuery query) => query is { Key: not null, HiddenOf: null, AllHidden: false, Apart.Length: 0 };

    public static NpgsqlBatch Batch(NpgsqlConnection db, PostListQuery query, long reader)
    {
        var sql = new PostListSql(query, reader);
        sql.Count();
        sql.Page();
        return new NpgsqlBatch(db) { BatchCommands = { sql.count, sql.page } };
    }

    /// <summary>Columns: the length, and the newest ids or null.</summary>
    private void Count()
    {
        var conditions = Conditions(count);
        var newest = IsShared(query)
            ? $"array(select p.id from posts p {conditions} order by p.created_at desc, p.id desc limit {Text(Window)})"
            : "null::bigint[]";
        count.CommandText =
            $"""
            -- posts.count
            select {Length(conditions)}, {newest}
            """;
    }

    /// <summary>Columns: <see cref="PostStore.Columns"/> and the reader's mark, in the list's order.</summary>
    private void Page()
    {
        page.Parameters.Add(new NpgsqlParameter<long> { TypedValue = reader });
        var conditions = Conditions(page);
        page.CommandText =
            $"""
            -- posts.page
            with {Jump()}x as materialized (
              select p.id from posts p {conditions}{(IsDeep ? " and p.created_at < (select before from jump)" : "")}
               order by p.created_at desc, p.id desc
               limit {Text(query.Page.Size)} offset {(IsDeep ? $"(select {Text(query.Page.Offset)} - passed from jump)" : Text(query.Page.Offset))})
            select {PostStore.Columns}, {PostStore.MarkColumns}
              from x join posts p on p.id = x.id join users u on u.id = p.author
             order by p.created_at desc, p.id desc
            """;
    }

    // On which days of another list those wrote whom the reader is apart from, is not kept.
    private bool IsDeep => query.Page.Offset >= Deep && (IsShared(query) || (query is { HiddenOf: null, AllHidden: false } && query.Key == ListKey.All));

    /// <summary>The day that the page begins in, and how many posts newer days have: the walk to the page is inside that day.</summary>
    private string Jump() => !IsDeep
        ? ""
        : $"""
           jump as materialized (
             select ((d.day + 1)::timestamp at time zone 'UTC') as before, d.passed
               from (select day, posts, sum(posts) over (order by day desc) - posts as passed from {VisibleDays()}) d
              where d.passed <= {Text(query.Page.Offset)} and d.passed + d.posts > {Text(query.Page.Offset)}),
           """ + "\n";

    /// <summary>How many posts of each day the reader sees.</summary>
    private string VisibleDays() => query.Apart.Length == 0
        ? $"post_days where {Days(page)}"
        : $"""
           (select day, sum(posts)::int as posts
              from (select day, posts from post_days where {Days(page)}
                    union all
                    select day, -posts from post_days where list = {Add(page, ListKey.Author(0).List)} and list_id = any({Add(page, query.Apart)})) kept
             group by day) visible
           """;

    private string Length(string conditions)
    {
        if (query.Key is null)
            return $"(select count(*) from (select from posts p {conditions} limit {Text(MostFound)}) found)";
        var days = Days(count);
        if (query.AllHidden)
            return $"coalesce((select sum(posts + hidden) from post_days where {days}), 0)::bigint";
        var visible = $"coalesce((select sum(posts) from post_days where {days}), 0)::bigint";
        if (query.Apart.Length > 0)
            visible += $" - {LengthApart()}";
        return query.HiddenOf is null ? visible : $"{visible} + (select count(*) from posts p {conditions} and p.is_hidden)";
    }

    /// <summary>How many of the list are by people whom the reader is apart from.</summary>
    private string LengthApart() => query.Key == ListKey.All
        ? $"coalesce((select sum(posts) from post_days where list = {Add(count, ListKey.Author(0).List)} and list_id = any({Add(count, query.Apart)})), 0)::bigint"
        : $"(select count(*) from posts p {Conditions(count, ofApart: true)} and not p.is_hidden)";

    private string Days(NpgsqlBatchCommand command) =>
        $"list = {Add(command, query.Key!.Value.List)} and list_id = {Add(command, query.Key.Value.Id)}";

    private string Conditions(NpgsqlBatchCommand command, bool ofApart = false)
    {
        var all = new List<string>();
        if (query.Author is { } author)
            all.Add($"p.author = {Add(command, author)}");
        if (query.Group is { } group)
            all.Add($"p.group_id = {Add(command, group)}");
        if (query.Course is { } course)
            all.Add($"p.course_id = {Add(command, course)}");
        if (query.Campaign is { } campaign)
            all.Add($"p.campaign_id = {Add(command, campaign)}");
        if (query.BookmarkedBy is { } person)
            all.Add($"p.id in (select b.post_id from post_bookmarks b where b.user_id = {Add(command, person)})");
        if (query.Words is { } words)
            all.Add($"to_tsvector('simple', left(coalesce(p.title, '') || ' ' || p.content, 20000)) @@ {Add(command, words)}::tsquery");
        if (query.Apart.Length > 0)
            all.Add($"p.author {(ofApart ? "= any" : "<> all")}({Add(command, query.Apart)})");
        if (query.HiddenOf is { } own)
            all.Add($"(not p.is_hidden or p.author = {Add(command, own)})");
        else if (!query.AllHidden)
            all.Add("not p.is_hidden");
        return all.Count == 0 ? "where true" : "where " + string.Join(" and ", all);
    }

    private static string Add<T>(NpgsqlBatchCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return "$" + Text(command.Parameters.Count);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
