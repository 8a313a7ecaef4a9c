using Hearth.Features.Moderation.Rings;

namespace Hearth.Tests.Features.Moderation.Rings;

public sealed class RingGraphTests
{
    [Fact]
    public void Two_rings_that_one_pair_of_friends_joins_are_two()
    {
        var ties = Clique(1, 2, 3, 4, 5).Concat(Clique(11, 12, 13, 14)).Concat(Pair(1, 11)).ToList();
        var found = RingGraph.Candidates(ties, Given(ties, 2));

        Assert.Equal(["1,2,3,4,5", "11,12,13,14"], found.Select(part => string.Join(',', part)));
    }

    [Fact]
    public void Friends_who_give_others_most_of_what_they_give_are_none()
    {
        var ties = Clique(1, 2, 3, 4, 5).ToList();

        Assert.Single(RingGraph.Candidates(ties, Given(ties, 16)));
        Assert.Empty(RingGraph.Candidates(ties, Given(ties, 17)));
    }

    [Fact]
    public void Who_gives_others_too_much_takes_nobody_along_who_has_enough_without_them()
    {
        var ties = Clique(1, 2, 3, 4, 5).ToList();
        var given = Given(ties, 2);
        given[5] = 1_000;

        Assert.Equal("1,2,3,4", string.Join(',', Assert.Single(RingGraph.Candidates(ties, given))));
    }

    [Fact]
    public void A_long_circle_of_acquaintances_is_none()
    {
        var ties = Enumerable.Range(0, 30).SelectMany(one => Pair(one, (one + 1) % 30).Concat(Pair(one, (one + 2) % 30))).Distinct().ToList();

        Assert.Empty(RingGraph.Candidates(ties, Given(ties, 0)));
    }

    [Fact]
    public void A_ring_gives_itself_much_more_than_others_give_it()
    {
        var pairs = Clique(1, 2, 3, 4, 5).ToDictionary(tie => (tie.From, tie.To), tie => tie.Count);
        var ring = RingMeasure.Figures(pairs, 5, given: 100, received: 90, all: 1_000);

        Assert.Equal(80, ring.Inside);
        Assert.Equal(0.8, ring.Share);
        Assert.Equal(11.0 / 901, ring.Expected);
        Assert.Equal(1, ring.Density);
        Assert.Equal(1, ring.Reciprocity);
        Assert.True(RingMeasure.IsRing(ring, 5, 1_000));
        // Whom everybody likes the members may like, too.
        Assert.False(RingMeasure.IsRing(RingMeasure.Figures(pairs, 5, given: 100, received: 280, all: 1_000), 5, 1_000));
        // With nobody else there, nothing says what would be usual.
        Assert.False(RingMeasure.IsRing(RingMeasure.Figures(pairs, 5, given: 100, received: 90, all: 150), 5, 150));
    }

    private static IEnumerable<Tie> Clique(params long[] people) => from one in people from other in people where one != other select new Tie(one, other, 4);

    private static IEnumerable<Tie> Pair(long one, long other) => [new Tie(one, other, 4), new Tie(other, one, 4)];

    /// <summary>What people gave: to those whom they are tied to, and some to others.</summary>
    private static Dictionary<long, int> Given(List<Tie> ties, int others) =>
        ties.GroupBy(tie => tie.From).ToDictionary(group => group.Key, group => group.Sum(tie => tie.Count) + others);
}
