using Hearth.Features.Engagement.Reputation;
using Hearth.Platform;

namespace Hearth.Features.Engagement.Boards;

/// <summary>The figures of reputation and boards, for profiles and rankings of other contracts.</summary>
internal sealed class Standings(ReputationReads reputation, BoardRoom boards, PeopleCards cards) : IStandings
{
    public async Task<Standing> Of(long user, CancellationToken ct)
    {
        var own = await reputation.Own(user, null, ct);
        return new Standing(own.ReputationScore, own.ActivityLevel, own.TotalEngagements);
    }

    public async Task<IReadOnlyList<RankedPerson>> First(int limit, Caller reader, CancellationToken ct)
    {
        var board = await boards.People(Ranking.Reputation, null, ct);
        var ranked = new List<RankedPerson>(limit);
        foreach (var (card, value, level) in await cards.First(board.Top(), limit, reader, ct))
        {
            var rank = ranked.Count > 0 && ranked[^1].Score == value ? ranked[^1].Rank : ranked.Count + 1;
            ranked.Add(new RankedPerson(rank, card.Id, value, level));
        }

        return ranked;
    }
}
