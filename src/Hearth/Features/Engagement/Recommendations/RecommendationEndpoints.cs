using Hearth.Database;
using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Metrics;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Recommendations;

/// <summary>Posts for the caller.</summary>
/// <param name="Results">The best first.</param>
/// <param name="Next">Always null.</param>
/// <param name="Previous">Always null.</param>
internal sealed record RecommendationList(IReadOnlyList<RecommendedPost> Results, string? Next, string? Previous);

/// <param name="PostId">The post.</param>
/// <param name="PostTitle">Its title, or the beginning of its text.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Score">How close those are who engaged with it; only for comparing.</param>
/// <param name="Reason">Why it is here, in words.</param>
/// <param name="CreatedAt">When it was written.</param>
internal sealed record RecommendedPost(long PostId, string PostTitle, PublicAuthor Author, double Score, string Reason, DateTime CreatedAt);

/// <summary>
/// What goes with what the caller liked last, by what training found (docs/recommendations.md). Where it found too little,
/// what people with overlapping likes engaged with: of those who liked what the caller liked last, the closest fifty, and what they liked,
/// shared and bookmarked last. Each step looks at a bounded number of rows, however much one ever did. What trends fills what remains.
/// </summary>
internal static class RecommendationEndpoints
{
    // Each looked up by its key ("offset 0" keeps it so): else all that one ever took to is read.
    private const string Fresh =
        """
        not exists (
             select from engagement_actions a
              where a.actor = $1 and a.object_id = t.post and a.object_kind = 2 and a.target = 0 and a.verb in (1, 11, 12) offset 0)
        """;

    private static readonly string Readable =
        $"not {Blocks.Part("$3", "p.author")}";

    // Some at a time, the nearest first.
    private static readonly string NearSql =
        $"""
        -- engagement.recommendations_near
        select p.post, coalesce(p.title, left(p.content, 80)), u.id, u.username, p.score, coalesce(o.title, left(o.content, 80)), p.created_at
          from (select t.*, p.title, p.content, p.author, p.created_at
                  from unnest($4::bigint[], $5::float8[], $6::bigint[]) as t (post, score, because)
                  join posts p on p.id = t.post and not p.is_hidden and p.author <> $1
                 where {Fresh} and {Readable}
                 order by t.score desc, t.post desc
                 limit $2) p
          join users u on u.id = p.author
          left join posts o on o.id = p.because and not o.is_hidden
         order by p.score desc, p.post desc
        """;

    // A like of what few like says more. A person who likes everything is close to nobody.
    private static readonly string TasteSql =
        $"""
        -- engagement.recommendations
        with close as materialized (
          select r.user_id, sum(1 / ln(2.0 + p.like_count + p.love_count + p.haha_count + p.sad_count)) as weight
            from unnest($4::bigint[]) m (post)
            join posts p on p.id = m.post
            cross join lateral (
              select user_id from post_reactions r where r.post_id = m.post and r.user_id <> $1 limit 200) r
           group by 1 order by 2 desc, 1 limit 50),
        theirs as (
          select l.object_id as post, c.user_id, max(c.weight) as weight
            from close c
            cross join lateral (
              select object_id from (select * from ledger d where d.actor = c.user_id order by d.id desc limit 500) d
               where d.verb in (1, 11, 12) order by d.id desc limit 50) l
           group by 1, 2),
        scored as (
          select t.post, sum(t.weight)::float8 as score, count(*)::int as people from theirs t
           where {Fresh}
           group by 1 order by 2 desc, 1 desc limit 200)
        select p.id, coalesce(p.title, left(p.content, 80)), u.id, u.username, s.score, s.people, p.created_at
          from scored s
          join posts p on p.id = s.post and not p.is_hidden and p.author <> $1
          join users u on u.id = p.author
         where {Readable}
         order by s.score desc, p.id desc
         limit $2
        """;

    private const string EngagedSql =
        """
        -- engagement.recommendations_engaged
        select object_id from engagement_actions
         where actor = $1 and verb in (1, 11, 12) and object_id = any($2) and target = 0 and object_kind = 2
        """;

    public static void MapRecommendations(this IEndpointRouteBuilder engagement) =>
        engagement.MapGet("/recommendations", Get).RequireSignedIn().Limit(RateLimit.Reads).Produces<RecommendationList>()
            .WithQuery("limit", "How many, at most 100.", 10);

    /// <summary>Posts that people with similar likes engaged with and the caller did not yet, <c>limit</c> of them (10, at most 100).</summary>
    private static async Task<Answer> Get(HttpContext http, NearLikes likes, NpgsqlDataSource source, TrendingFigures trending)
    {
        var limit = http.QueryInt("limit", 10, 1, 100);
        var caller = http.Caller();
        var user = caller.UserId;
        var posts = await Read(likes, source, caller, limit, http.RequestAborted);
        if (posts.Count < limit)
        {
            var trends = await trending.Read(Days.Month, limit, publicly: false, caller, http.RequestAborted);
            var seen = await Engaged(source, user, [.. trends.Select(post => post.PostId)], http.RequestAborted);
            seen.UnionWith(posts.Select(post => post.PostId));
            foreach (var post in trends)
            {
                if (posts.Count < limit && post.Author.Id != user && seen.Add(post.PostId))
                    posts.Add(new RecommendedPost(post.PostId, post.PostTitle, new PublicAuthor(post.Author.Id, post.Author.Username), 0, "Trending now", post.CreatedAt));
            }
        }

        return Answer.Ok(new RecommendationList(posts, null, null));
    }

    private static async Task<List<RecommendedPost>> Read(NearLikes likes, NpgsqlDataSource source, Caller caller, int limit, CancellationToken ct)
    {
        var (liked, near) = await likes.Of(caller.UserId, ct);
        await using var db = await source.OpenConnectionAsync(ct);
        var posts = await Near(db, caller, near, limit, ct);
        if (posts.Count == limit)
            return posts;
        var seen = posts.Select(post => post.PostId).ToHashSet();
        var others = await Read(db, TasteSql, caller, limit, row => People(row.GetInt32(5)), ct, Sql.Array(liked, post => post));
        return [.. posts.Concat(others.Where(post => seen.Add(post.PostId))).Take(limit)];
    }

    private static async Task<List<RecommendedPost>> Near(
        NpgsqlConnection db, Caller caller, IReadOnlyList<NearObject> near, int limit, CancellationToken ct)
    {
        var posts = new List<RecommendedPost>();
        for (int from = 0, size = 50; from < near.Count && posts.Count < limit; from += size, size *= 4)
        {
            var some = near.Skip(from).Take(size).ToList();
            posts.AddRange(await Read(
                db,
                NearSql,
                caller,
                limit - posts.Count,
                row => row.IsDBNull(5) ? "Goes with what you like" : $"People who like “{row.GetString(5)}” like this",
                ct,
                Sql.Array(some, one => one.Item),
                Sql.Array(some, one => one.Weight),
                Sql.Array(some, one => one.Because)));
        }

        return posts;
    }

    private static async Task<List<RecommendedPost>> Read(
        NpgsqlConnection db, string sql, Caller caller, int limit, Func<NpgsqlDataReader, string> reason, CancellationToken ct, params NpgsqlParameter[] more)
    {
        await using var command = Sql.Command(db, sql, [Sql.Value(caller.UserId), Sql.Value(limit), Sql.Value(Blocks.Reader(caller)), .. more]);
        var posts = new List<RecommendedPost>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            posts.Add(new RecommendedPost(
                row.GetInt64(0),
                row.GetString(1),
                new PublicAuthor(row.GetInt64(2), row.GetString(3)),
                Math.Round(row.GetDouble(4), 3),
                reason(row),
                row.GetDateTime(6)));
        }

        return posts;
    }

    /// <returns>Those of these posts that the person took to already.</returns>
    private static async Task<HashSet<long>> Engaged(NpgsqlDataSource source, long user, long[] posts, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = Sql.Command(db, EngagedSql, Sql.Value(user), Sql.Array(posts));
        var engaged = new HashSet<long>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            engaged.Add(row.GetInt64(0));
        return engaged;
    }

    private static string People(int people) =>
        people == 1 ? "Someone who likes what you like engaged with it" : $"{people} people who like what you like engaged with it";
}
