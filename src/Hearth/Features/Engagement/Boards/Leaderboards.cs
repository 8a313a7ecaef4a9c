using Hearth.Platform;

namespace Hearth.Features.Engagement.Boards;

/// <param name="By"><c>reputation</c>, <c>engagements</c> or <c>helpful</c>.</param>
/// <param name="Days">The days counted; null: all time.</param>
/// <param name="AsOf">As things stood then; null: now.</param>
/// <param name="Results">The first places.</param>
/// <param name="Next">Always null: a board shows its first places.</param>
/// <param name="Previous">Always null.</param>
internal sealed record LeaderboardView(string By, int? Days, DateTime? AsOf, IReadOnlyList<LeaderboardPlace> Results, string? Next, string? Previous);

/// <param name="Rank">From 1; equal values share it.</param>
/// <param name="UserId">Who.</param>
/// <param name="Username">Their name.</param>
/// <param name="AvatarUrl">Their photo.</param>
/// <param name="Value">Points, engagements, or comments that others reacted to.</param>
/// <param name="ReputationScore">Their score now.</param>
/// <param name="ActivityLevel">Their level now.</param>
internal sealed record LeaderboardPlace(
    int Rank, long UserId, string Username, string? AvatarUrl, int Value, int ReputationScore, string ActivityLevel);

internal static class Leaderboards
{
    public static void MapLeaderboards(this IEndpointRouteBuilder engagement) =>
        engagement.MapGet("/leaderboards", Get).RequireSignedIn().Limit(RateLimit.Reads).Produces<LeaderboardView>()
            .WithQuery("by", "What is ranked.", "reputation", "reputation", "engagements", "helpful")
            .WithQuery("days", "Of the last days, at most 365; left out: of all time.", 7)
            .WithQuery("limit", "How many places, at most 100.", 20)
            .WithQuery("as_of", "A time; as things stood then.", "2026-01-31T12:00:00Z");

    /// <summary>
    /// People ranked <c>by</c> reputation (the default), engagements or helpful comments: of the last <c>days</c>, or of all time; <c>limit</c>
    /// places (20, at most 100); with <c>as_of</c> as things stood then. Who is private is not listed.
    /// </summary>
    private static async Task<Answer> Get(HttpContext http, BoardRoom boards, PastBoards past, PeopleCards cards, TimeProvider time)
    {
        var by = http.QueryChoice("by", "reputation", "reputation", "engagements", "helpful");
        var days = (int?)http.QueryLong("days", 1, Days.MostRanked);
        var limit = http.QueryInt("limit", 20, 1, 100);
        var asOf = http.QueryTime("as_of") is { } at && at < time.GetUtcNow().UtcDateTime ? at : (DateTime?)null;
        var ranking = by switch { "engagements" => Ranking.Engagements, "helpful" => Ranking.Helpful, _ => Ranking.Reputation };
        var places = asOf is { } then
            ? await past.Top(ranking, days, then, http.RequestAborted)
            : (await boards.People(ranking, days is { } n ? Days.Last(n, Days.Today(time)) : null, http.RequestAborted)).Top();
        var people = await cards.First(places, limit, http.CallerOrNone(), http.RequestAborted);
        var ranks = new List<LeaderboardPlace>(people.Count);
        foreach (var (card, value, level) in people)
        {
            var rank = ranks.Count > 0 && ranks[^1].Value == value ? ranks[^1].Rank : ranks.Count + 1;
            ranks.Add(new LeaderboardPlace(rank, card.Id, card.Username, card.Photo, value, card.Score, level));
        }

        return Answer.Ok(new LeaderboardView(by, days, asOf, ranks, null, null));
    }
}
