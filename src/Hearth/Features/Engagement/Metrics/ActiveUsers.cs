using Hearth.Features.Engagement.Boards;
using Hearth.Platform;

namespace Hearth.Features.Engagement.Metrics;

internal sealed record ActiveUsersView(IReadOnlyList<ActiveUser> ActiveUsers);

/// <param name="UserId">The person.</param>
/// <param name="Username">Their name.</param>
/// <param name="TotalEngagements">Their engagements in the period.</param>
/// <param name="ReputationScore">Their score now.</param>
/// <param name="ActivityLevel">Their level by the last 30 days.</param>
/// <param name="AvatarUrl">Their photo; null where they have none.</param>
/// <param name="Period">Such as <c>7 days</c>.</param>
internal sealed record ActiveUser(
    long UserId, string Username, int TotalEngagements, int ReputationScore, string ActivityLevel, string? AvatarUrl, string Period);

/// <summary>The most active people.</summary>
internal sealed class ActiveFigures(BoardRoom boards, PeopleCards cards, TimeProvider time)
{
    public async Task<List<ActiveUser>> Read(int days, int limit, Caller? reader, CancellationToken ct)
    {
        var board = await boards.People(Ranking.Engagements, Days.Last(days, Days.Today(time)), ct);
        var people = await cards.First(board.Top(), limit, reader, ct);
        return people.ConvertAll(one => new ActiveUser(
            one.Card.Id, one.Card.Username, one.Value, one.Card.Score, one.Level, one.Card.Photo, Days.Period(days)));
    }
}
