namespace Hearth.Features.Moderation.Rings;

/// <summary>How often one person reacted to another's posts and comments, of those who did so both ways.</summary>
internal readonly record struct Tie(long From, long To, int Count);

/// <summary>A group's figures, all over the same days.</summary>
/// <param name="Inside">Reactions of members to each other.</param>
/// <param name="Given">All reactions of members, but to themselves.</param>
/// <param name="Expected">Which share of their reactions would go to members if they liked what everybody else likes.</param>
/// <param name="Density">Which share of the pairs of members is tied.</param>
/// <param name="Reciprocity">Which share of the inside reactions is answered.</param>
internal sealed record RingFigures(int Inside, int Given, double Expected, double Density, double Reciprocity)
{
    public double Share => Given == 0 ? 0 : Inside / (double)Given;

    /// <summary>How many times as much they give each other as <see cref="Expected"/> says.</summary>
    public double Lift => Share / Expected;
}

/// <summary>When people who react to each other are a ring. docs/moderation.md has the formulas and where they come from.</summary>
internal static class RingMeasure
{
    /// <summary>Four whole weeks: long enough for a habit, short enough for a job, and no weekday counts twice.</summary>
    public const int Days = 28;

    /// <summary>Two people are tied when each reacted so often to the other: twice is an accident, three times a habit.</summary>
    public const int LeastTie = 3;

    /// <summary>Two people may well be a couple.</summary>
    public const int LeastMembers = 3;

    /// <summary>Nobody reads a report on more people than these; so large a group that gives itself half of everything is a community.</summary>
    public const int MostMembers = 50;

    /// <summary>Each member gives the ring half of everything they give, or more: who comes for anything else besides gives less.</summary>
    public const double LeastShare = 0.5;

    /// <summary>Half of all pairs at least are tied: less is a chain of acquaintances.</summary>
    public const double LeastDensity = 0.5;

    /// <summary>At least half of the reactions are answered: less is an audience of somebody popular.</summary>
    public const double LeastReciprocity = 0.5;

    /// <summary>On average per member: with less, nobody gains anything worth a moderator's time.</summary>
    public const int LeastInside = 10;

    /// <summary>Five times what everybody else's taste explains: who writes well is liked by members and others alike.</summary>
    public const double LeastLift = 5;

    /// <summary>So many reactions of others must there be, or there is nothing to compare with.</summary>
    public const int LeastOthers = 100;

    /// <summary>A ring that was decided is reported again with so many times the members, or twice the reactions to each other.</summary>
    public const double MoreMembers = 1.5;

    public const double MoreInside = 2;

    /// <param name="pairs">How often members reacted to each other, every pair that did.</param>
    /// <param name="members">How many they are.</param>
    /// <param name="given">All reactions of members.</param>
    /// <param name="received">All reactions to members.</param>
    /// <param name="all">All reactions of anybody.</param>
    public static RingFigures Figures(IReadOnlyDictionary<(long From, long To), int> pairs, int members, int given, int received, long all)
    {
        var inside = pairs.Values.Sum();
        var answered = pairs.Sum(pair => Math.Min(pair.Value, pairs.GetValueOrDefault((pair.Key.To, pair.Key.From))));
        var tied = pairs.Count(pair => pair.Value >= LeastTie && pairs.GetValueOrDefault((pair.Key.To, pair.Key.From)) >= LeastTie);
        // One more of both: nothing is never certain.
        var expected = (received - inside + 1.0) / (all - given + 1.0);
        return new RingFigures(inside, given, expected, tied / (members * (members - 1.0)), inside == 0 ? 0 : answered / (double)inside);
    }

    public static bool IsRing(RingFigures figures, int members, long all) =>
        all - figures.Given >= LeastOthers
        && figures.Inside >= LeastInside * members
        && figures.Share >= LeastShare
        && figures.Density >= LeastDensity
        && figures.Reciprocity >= LeastReciprocity
        && figures.Lift >= LeastLift;

    public static bool HasGrown(int membersThen, int insideThen, int members, int inside) =>
        members >= MoreMembers * membersThen || inside >= MoreInside * insideThen;
}
