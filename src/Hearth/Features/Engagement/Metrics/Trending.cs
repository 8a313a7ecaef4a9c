using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Kept;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Metrics;

internal sealed record TrendingView(IReadOnlyList<TrendingPost> TrendingPosts);

/// <summary>A post and what people did on it in the period.</summary>
/// <param name="PostId">The post.</param>
/// <param name="PostTitle">Its title; the beginning of its text where it has none.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="TotalEngagements">Likes, comments, shares and bookmarks.</param>
/// <param name="Likes">Reactions of all four types.</param>
/// <param name="Comments">Comments and replies.</param>
/// <param name="EngagementScore">s / (s + 10), where s = (likes + 2 comments + 3 shares + 2 bookmarks), halved with every half period of the post's age.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="Period">Such as <c>7 days</c>.</param>
internal sealed record TrendingPost(
    long PostId,
    string PostTitle,
    TrendingAuthor Author,
    int TotalEngagements,
    int Likes,
    int Comments,
    double EngagementScore,
    DateTime CreatedAt,
    string Period);

/// <param name="Id">Who wrote it.</param>
/// <param name="Username">That person's name.</param>
/// <param name="Email">Theirs where they show it, else null.</param>
internal sealed record TrendingAuthor(long Id, string Username, string? Email);

/// <summary>The same for anyone: without addresses.</summary>
internal sealed record PublicTrendingPost(
    long PostId,
    string PostTitle,
    PublicAuthor Author,
    int TotalEngagements,
    int Likes,
    int Comments,
    double EngagementScore,
    DateTime CreatedAt,
    string Period);

internal sealed record PublicAuthor(long Id, string Username);

/// <summary>The posts that most is done on.</summary>
internal sealed class TrendingFigures(BoardRoom boards, KeptFigures kept, Apart apart, TimeProvider time)
{
    private const string Sql =
        """
        -- engagement.trending_posts
        select k.id, coalesce(p.title, left(p.content, 80)), u.id, u.username, case when u.show_email then u.email end, u.is_private
          from unnest($1::bigint[]) as k (id) left join posts p on p.id = k.id and not p.is_hidden left join users u on u.id = p.author
        """;

    private static readonly ShownPost Gone = new("", null, IsPrivate: false);

    // Some are hidden, or by people who are private.
    private const int Spare = 10;

    /// <param name="days">The period.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="publicly">Whether posts of people who are private are left out.</param>
    /// <param name="reader">Who reads it: posts of people whom a block keeps apart from them are left out; null for nobody.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<List<TrendingPost>> Read(int days, int limit, bool publicly, Caller? reader, CancellationToken ct)
    {
        var board = await boards.Trending(Days.Last(days, Days.Today(time)), ct);
        var now = time.GetUtcNow().UtcDateTime;
        var parted = await apart.Of(reader, ct);
        var shown = new List<TrendingPost>(limit);
        foreach (var chunk in board.Top().Chunk(limit + Spare))
        {
            var posts = await kept.Read("trending_post", [.. chunk.Select(place => place.Id)], (db, ids) => Posts(db, ids, ct), ct);
            foreach (var (id, done) in chunk)
            {
                if (shown.Count < limit && posts[id] is { Author: { } author } post && !(publicly && post.IsPrivate) && !parted.Contains(author.Id))
                {
                    shown.Add(new TrendingPost(
                        id, post.Title, author, done.Total, done.Likes, done.Comments, Rounded(board.Score(done, now)), done.CreatedAt, Days.Period(days)));
                }
            }

            if (shown.Count == limit)
                break;
        }

        return shown;
    }

    private static double Rounded(double score) => Math.Round(score, 2, MidpointRounding.AwayFromZero);

    private static async Task<Dictionary<long, Figures<ShownPost>>> Posts(NpgsqlConnection db, long[] ids, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, db) { Parameters = { new NpgsqlParameter<long[]> { TypedValue = ids } } };
        var posts = new Dictionary<long, Figures<ShownPost>>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var id = row.GetInt64(0);
            var post = Gone;
            if (!row.IsDBNull(2))
                post = new ShownPost(row.GetString(1), new TrendingAuthor(row.GetInt64(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4)), row.GetBoolean(5));
            posts.Add(id, new Figures<ShownPost>(post, 2, post.Author is { } author ? [Topic.Post(id), Topic.Person(author.Id)] : [Topic.Post(id)]));
        }

        return posts;
    }

    /// <summary>What is shown of a post; of one that is gone or hidden no author.</summary>
    private sealed record ShownPost(string Title, TrendingAuthor? Author, bool IsPrivate);
}
