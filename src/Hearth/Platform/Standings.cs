namespace Hearth.Platform;

/// <summary>How a person stands in the community.</summary>
/// <param name="Reputation">Their score.</param>
/// <param name="Level">By the last 30 days: <c>inactive</c>, <c>novice</c>, <c>active</c>, <c>power_user</c> or <c>community_leader</c>.</param>
/// <param name="Engagements">Actions they took, without views.</param>
internal sealed record Standing(int Reputation, string Level, int Engagements);

/// <param name="Rank">From 1; equal scores share a rank.</param>
internal sealed record RankedPerson(int Rank, long User, int Score, string Level);

/// <summary>Figures about people, for features that show people: the engagement feature's own, wherever they are shown.</summary>
internal interface IStandings
{
    Task<Standing> Of(long user, CancellationToken ct);

    /// <returns>The first by reputation; who is private is among them for themselves only.</returns>
    Task<IReadOnlyList<RankedPerson>> First(int limit, Caller reader, CancellationToken ct);
}
