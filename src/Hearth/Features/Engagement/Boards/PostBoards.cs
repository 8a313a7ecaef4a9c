using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Boards;

/// <summary>What people did on a post in some days, and when it was written.</summary>
internal readonly record struct PostActivity(int Likes, int Comments, int Shares, int Bookmarks, DateTime CreatedAt)
{
    public int Total => Likes + Comments + Shares + Bookmarks;

    public int Weighted => Likes + (2 * Comments) + (3 * Shares) + (2 * Bookmarks);
}

/// <summary>Posts by what people did on them in some days; the older a post, the less it counts.</summary>
internal sealed class TrendingBoard(Days days) : Board<PostActivity>
{
    private const string Sql =
        """
        -- engagement.boards.trending
        with counted as (
          select d.scope_id as id, sum(d.likes)::int as likes, sum(d.comments + d.replies)::int as comments, sum(d.shares)::int as shares,
                 sum(d.bookmarks)::int as bookmarks
            from engagement_days d
           where $1::bigint[] is null and d.scope = 2 and d.day >= $2 and d.day <= $3 group by 1
          union all
          select d.scope_id, sum(d.likes)::int, sum(d.comments + d.replies)::int, sum(d.shares)::int, sum(d.bookmarks)::int
            from unnest($1::bigint[]) as k (id)
            join engagement_days d on d.scope = 2 and d.scope_id = k.id and d.day >= $2 and d.day <= $3
           group by 1)
        select c.id, c.likes, c.comments, c.shares, c.bookmarks, p.created_at
          from counted c join posts p on p.id = c.id and not p.is_hidden
         where c.likes + c.comments + c.shares + c.bookmarks > 0
        """;

    /// <summary>After how many days a post counts half.</summary>
    private double HalfLife => days.Length / 2.0;

    /// <summary>s / (s + 10), where s is what was done on the post, halved with every half window of its age.</summary>
    public double Score(PostActivity post, DateTime now)
    {
        var age = Math.Max(0, (now - post.CreatedAt).TotalDays);
        var s = post.Weighted * Math.Pow(2, -age / HalfLife);
        return s / (s + 10);
    }

    // All posts age alike, so who is ahead stays ahead: ranked by logarithms, without a clock.
    protected override double Rank(PostActivity value) =>
        Math.Log2(value.Weighted) + ((value.CreatedAt - DateTime.UnixEpoch).TotalDays / HalfLife);

    protected override IEnumerable<long> Concerned(LedgerRow row) => Posts.Of(row);

    protected override async Task<Dictionary<long, PostActivity>> Values(NpgsqlConnection db, long[]? ids, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<long[]?> { TypedValue = ids, DataTypeName = "bigint[]" },
                new NpgsqlParameter<DateOnly> { TypedValue = days.From },
                new NpgsqlParameter<DateOnly> { TypedValue = days.To },
            },
        };
        var values = new Dictionary<long, PostActivity>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            values.Add(
                reader.GetInt64(0),
                new PostActivity(reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetDateTime(5)));
        }

        return values;
    }
}

/// <summary>A post that is there for all to see: the day it was written, its comments, whether anyone answered or reacted.</summary>
internal readonly record struct PostState(DateOnly Day, int Comments, bool Answered);

/// <summary>All posts, and sums over them.</summary>
internal sealed class PostBoard : Board<PostState>
{
    private const string Sql =
        """
        -- engagement.boards.posts
        select p.id, (p.created_at at time zone 'UTC')::date, p.comment_count,
               p.comment_count + p.like_count + p.love_count + p.haha_count + p.sad_count > 0
          from posts p where $1::bigint[] is null and not p.is_hidden
        union all
        select p.id, (p.created_at at time zone 'UTC')::date, p.comment_count,
               p.comment_count + p.like_count + p.love_count + p.haha_count + p.sad_count > 0
          from unnest($1::bigint[]) as k (id) join posts p on p.id = k.id and not p.is_hidden
        """;

    private readonly Dictionary<DateOnly, (int Posts, int Answered)> days = [];

    /// <summary>Comments of all posts, hidden ones left out.</summary>
    public long Comments { get; private set; }

    /// <returns>How many posts of these days there are, and how many of them were answered or reacted to.</returns>
    public (int Posts, int Answered) Of(Days span) => Over(_ =>
    {
        var sum = (Posts: 0, Answered: 0);
        for (var day = span.From; day <= span.To; day = day.AddDays(1))
        {
            var (posts, answered) = days.GetValueOrDefault(day);
            sum = (sum.Posts + posts, sum.Answered + answered);
        }

        return sum;
    });

    protected override bool FollowsProjection => false;

    protected override double Rank(PostState value) => value.Comments;

    protected override IEnumerable<long> Concerned(LedgerRow row) => Posts.Of(row);

    protected override void Changed(PostState? before, PostState? after)
    {
        Add(before, -1);
        Add(after, 1);
    }

    protected override async Task<Dictionary<long, PostState>> Values(NpgsqlConnection db, long[]? ids, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, db)
        {
            Parameters = { new NpgsqlParameter<long[]?> { TypedValue = ids, DataTypeName = "bigint[]" } },
        };
        var values = new Dictionary<long, PostState>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            values.Add(reader.GetInt64(0), new PostState(reader.GetFieldValue<DateOnly>(1), reader.GetInt32(2), reader.GetBoolean(3)));
        return values;
    }

    private void Add(PostState? state, int sign)
    {
        if (state is not { } post)
            return;
        Comments += sign * post.Comments;
        var (posts, answered) = days.GetValueOrDefault(post.Day);
        days[post.Day] = (posts + sign, answered + (post.Answered ? sign : 0));
    }
}

internal static class Posts
{
    /// <returns>The post whose figures a row may change; views change none of those on boards.</returns>
    public static IEnumerable<long> Of(LedgerRow row)
    {
        if (row.Verb == Verb.ViewPost)
            return [];
        if (row.Kind == ObjectKind.Post)
            return [row.ObjectId];
        return row.Kind == ObjectKind.Comment && Deed.PostOf(new DeedKey(0, Verb.CommentPost, row.Kind, row.ObjectId, 0), row.Detail) is { } post ? [post] : [];
    }
}
