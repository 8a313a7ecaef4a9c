using Hearth.Features.Engagement.Boards;
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
internal sealed class TrendingFigures(BoardRoom boards, NpgsqlDataSource source, TimeProvider time)
{
    private static readonly string Sql =
        $"""
        -- engagement.trending_posts
        select p.id, coalesce(p.title, left(p.content, 80)), u.id, u.username, case when u.show_email then u.email end, u.is_private,
               {Blocks.Part("$2", "u.id")}
          from unnest($1::bigint[]) as k (id) join posts p on p.id = k.id and not p.is_hidden join users u on u.id = p.author
        """;

    private const int AtOnce = 50;

    /// <param name="days">The period.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="publicly">Whether posts of people who are private are left out.</param>
    /// <param name="reader">Who reads it: posts of people whom a block keeps apart from them are left out; null for nobody.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<List<TrendingPost>> Read(int days, int limit, bool publicly, Caller? reader, CancellationToken ct)
    {
        var board = await boards.Trending(Days.Last(days, Days.Today(time)), ct);
        var now = time.GetUtcNow().UtcDateTime;
        var shown = new List<TrendingPost>(limit);
        await using var db = await source.OpenConnectionAsync(ct);
        foreach (var chunk in board.Top().Chunk(Math.Max(AtOnce, limit)))
        {
            var posts = await Posts(db, [.. chunk.Select(place => place.Id)], reader, ct);
            foreach (var (id, done) in chunk)
            {
                if (shown.Count < limit && posts.TryGetValue(id, out var post) && !(publicly && post.IsPrivate) && !post.IsApart)
                {
                    shown.Add(new TrendingPost(
                        id, post.Title, post.Author, done.Total, done.Likes, done.Comments, Rounded(board.Score(done, now)), done.CreatedAt, Days.Period(days)));
                }
            }

            if (shown.Count == limit)
                break;
        }

        return shown;
    }

    private static double Rounded(double score) => Math.Round(score, 2, MidpointRounding.AwayFromZero);

    private static async Task<Dictionary<long, ShownPost>> Posts(NpgsqlConnection db, long[] ids, Caller? reader, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, db)
        {
            Parameters = { new NpgsqlParameter<long[]> { TypedValue = ids }, new NpgsqlParameter<long> { TypedValue = Blocks.Reader(reader) } },
        };
        var posts = new Dictionary<long, ShownPost>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var author = new TrendingAuthor(row.GetInt64(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4));
            posts.Add(row.GetInt64(0), new ShownPost(row.GetString(1), author, row.GetBoolean(5), row.GetBoolean(6)));
        }

        return posts;
    }

    private sealed record ShownPost(string Title, TrendingAuthor Author, bool IsPrivate, bool IsApart);
}
