using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>What a person does with a post besides reacting.</summary>
internal enum MarkVerb
{
    Bookmark,
    Unbookmark,
    Share,

    /// <summary>No request asks for it: a void does.</summary>
    Unshare,
}

internal readonly record struct PostMark(MarkVerb Verb, long Post, long User, bool IsModerator);

/// <summary>How many people bookmarked or shared the post now.</summary>
internal readonly record struct MarkResult(int Bookmarks, int Shares);

/// <summary>Bookmarks and shares: each person counts once. Written as reactions are.</summary>
internal static class MarkStore
{
    private const string LockSql =
        """
        -- marks.lock
        select id, author, is_hidden, bookmarks, shares from posts where id = any($1) order by id for no key update
        """;

    private const string ApplySql =
        """
        -- marks.apply
        with input as (
          select i.post_id, i.user_id, i.verb, i.n, p.author, p.group_id, p.course_id, p.campaign_id
            from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::boolean[]) with ordinality as i (post_id, user_id, verb, may, n)
            join posts p on p.id = i.post_id and (not p.is_hidden or i.may or p.author = i.user_id)),
        marked as (
          insert into post_bookmarks (post_id, user_id) select post_id, user_id from input where verb = 0
          on conflict do nothing returning post_id, user_id, 0::smallint as verb),
        unmarked as (
          delete from post_bookmarks b using input i where i.verb = 1 and b.post_id = i.post_id and b.user_id = i.user_id
          returning b.post_id, b.user_id, 1::smallint as verb),
        shared as (
          insert into post_shares (post_id, user_id) select post_id, user_id from input where verb = 2
          on conflict do nothing returning post_id, user_id, 2::smallint as verb),
        unshared as (
          delete from post_shares s using input i where i.verb = 3 and s.post_id = i.post_id and s.user_id = i.user_id
          returning s.post_id, s.user_id, 3::smallint as verb),
        changed as materialized (
          select * from marked union all select * from unmarked union all select * from shared union all select * from unshared),
        counted as (
          update posts p set bookmarks = p.bookmarks + d.bookmarks, shares = p.shares + d.shares
            from (select post_id, sum(case verb when 0 then 1 when 1 then -1 else 0 end)::int as bookmarks, sum(case verb when 2 then 1 when 3 then -1 else 0 end)::int as shares
                    from changed group by post_id) d
           where p.id = d.post_id
          returning p.id, p.bookmarks, p.shares),
        logged as (
          insert into ledger (actor, object_id, subject, group_id, course_id, campaign_id, verb, object_kind)
          select i.user_id, i.post_id, i.author, i.group_id, i.course_id, i.campaign_id,
                 case i.verb when 0 then 12 when 1 then 13 else 11 end, 2
            from input i join changed c using (post_id, user_id, verb) where $5 order by i.n
          returning id)
        select coalesce((select max(id) from logged), 0), c.id, c.bookmarks, c.shares from (select 1) one left join counted c on true
        """;

    public static Task<(IReadOnlyList<Outcome<MarkResult>> Outcomes, long Position)> Flush(
        NpgsqlConnection db, IReadOnlyList<PostMark> marks, CancellationToken ct) => Flush(db, marks, isLogged: true, ct);

    /// <summary>Makes state and counters what the ledger says already.</summary>
    public static Task Restate(NpgsqlConnection db, IReadOnlyList<PostMark> marks, CancellationToken ct) => Flush(db, marks, isLogged: false, ct);

    private static async Task<(IReadOnlyList<Outcome<MarkResult>> Outcomes, long Position)> Flush(
        NpgsqlConnection db, IReadOnlyList<PostMark> marks, bool isLogged, CancellationToken ct)
    {
        // A bookmark set and taken back in one batch: the last counts.
        var last = new Dictionary<(long Post, long User, bool IsShare), PostMark>();
        foreach (var mark in marks)
            last[(mark.Post, mark.User, mark.Verb >= MarkVerb.Share)] = mark;
        await using var batch = Batch(db, [.. last.Values], isLogged);
        await using var rows = await batch.ExecuteReaderAsync(ct);
        var posts = new Dictionary<long, (long Author, bool Hidden, MarkResult Counts)>();
        while (await rows.ReadAsync(ct))
            posts[rows.GetInt64(0)] = (rows.GetInt64(1), rows.GetBoolean(2), new MarkResult(rows.GetInt32(3), rows.GetInt32(4)));
        await rows.NextResultAsync(ct);
        var position = 0L;
        while (await rows.ReadAsync(ct))
        {
            position = rows.GetInt64(0);
            if (!rows.IsDBNull(1))
                posts[rows.GetInt64(1)] = posts[rows.GetInt64(1)] with { Counts = new MarkResult(rows.GetInt32(2), rows.GetInt32(3)) };
        }

        return ([.. marks.Select(Outcome)], position);

        Outcome<MarkResult> Outcome(PostMark mark) =>
            posts.TryGetValue(mark.Post, out var post) && (!post.Hidden || mark.IsModerator || post.Author == mark.User)
                ? new Outcome<MarkResult>(post.Counts)
                : new Outcome<MarkResult>(default, Failure.NotFound());
    }

    private static NpgsqlBatch Batch(NpgsqlConnection db, PostMark[] marks, bool isLogged) => new(db)
    {
        BatchCommands =
        {
            new NpgsqlBatchCommand(LockSql) { Parameters = { new NpgsqlParameter<long[]> { TypedValue = [.. marks.Select(mark => mark.Post).Distinct()] } } },
            new NpgsqlBatchCommand(ApplySql)
            {
                Parameters =
                {
                    new NpgsqlParameter<long[]> { TypedValue = [.. marks.Select(mark => mark.Post)] },
                    new NpgsqlParameter<long[]> { TypedValue = [.. marks.Select(mark => mark.User)] },
                    new NpgsqlParameter<short[]> { TypedValue = [.. marks.Select(mark => (short)mark.Verb)] },
                    new NpgsqlParameter<bool[]> { TypedValue = [.. marks.Select(mark => mark.IsModerator)] },
                    new NpgsqlParameter<bool> { TypedValue = isLogged },
                },
            },
        },
    };
}
