using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Kept;
using Hearth.Features.Engagement.Rollups;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Metrics;

/// <param name="UserId">Whose actions these are.</param>
/// <param name="Username">That person's name.</param>
/// <param name="Metrics">The figures.</param>
internal sealed record UserMetricsView(long UserId, string Username, UserMetrics Metrics);

/// <summary>What a person did in a period; each action counts once, and not when it was taken back.</summary>
/// <param name="TotalEngagements">All actions but views.</param>
/// <param name="Likes">Posts reacted to.</param>
/// <param name="Comments">Comments on posts, without replies.</param>
/// <param name="Mentions">People mentioned.</param>
/// <param name="GroupJoins">Groups joined.</param>
/// <param name="CommentLikes">Comments reacted to.</param>
/// <param name="CommentReplies">Replies to comments.</param>
/// <param name="Period">Such as <c>30 days</c>: today (UTC) and the days before it.</param>
/// <param name="AveragePerDay">Engagements per day of the period.</param>
internal sealed record UserMetrics(
    int TotalEngagements,
    int Likes,
    int Comments,
    int Mentions,
    int GroupJoins,
    int CommentLikes,
    int CommentReplies,
    string Period,
    double AveragePerDay);

/// <summary>A person's figures over some days.</summary>
internal sealed class UserFigures(KeptFigures kept, TimeProvider time)
{
    public const int MostDays = 3650;

    private static readonly string Sql =
        $"""
        -- engagement.user_metrics
        select u.username, {string.Join(", ", Tallies.Columns.Select(column => $"coalesce(s.{column}, 0)::int"))}, coalesce(s.engagements, 0)::int
          from users u
          left join lateral (
            select {string.Join(", ", Tallies.Columns.Append("engagements").Select(column => $"sum({column}) as {column}"))}
              from engagement_days d where d.scope = 1 and d.scope_id = u.id and d.day >= $2 and d.day <= $3) s on true
         where u.id = $1
        """;

    public async Task<UserMetricsView> Read(long user, int days, Verb? only, CancellationToken ct)
    {
        var key = new FigureKey("user_metrics", user, Days.Last(days, Days.Today(time)));
        var did = await kept.Read(key, db => Read(db, key, ct), ct);
        bool[] asked = [.. Enum.GetValues<Tally>().Select(tally => only is not { } verb || (Tallies.Of(verb) is { } its && its == tally))];
        int Count(Tally tally) => asked[(int)tally] ? did.Counts[(int)tally] : 0;
        var total = only is null ? did.Engagements : Enum.GetValues<Tally>().Sum(Count);
        return new UserMetricsView(user, did.Username, new UserMetrics(
            total,
            Count(Tally.Likes),
            Count(Tally.Comments),
            Count(Tally.Mentions),
            Count(Tally.Joins),
            Count(Tally.CommentLikes),
            Count(Tally.Replies),
            Days.Period(days),
            Rates.Average(total, days)));
    }

    private static async Task<Figures<Did>> Read(NpgsqlConnection db, FigureKey key, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = key.Id },
                new NpgsqlParameter<DateOnly> { TypedValue = key.Days.From },
                new NpgsqlParameter<DateOnly> { TypedValue = key.Days.To },
            },
        };
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
            throw Failure.NotFound();
        int[] counts = [.. Tallies.Columns.Select((_, i) => row.GetInt32(1 + i))];
        return new Figures<Did>(new Did(row.GetString(0), counts, row.GetInt32(1 + counts.Length)), 1, [Topic.Person(key.Id)]);
    }

    /// <summary>What a person did, by <see cref="Tally"/>.</summary>
    private sealed record Did(string Username, int[] Counts, int Engagements);
}
