using Hearth.Features.Recommendations.Engine;

namespace Hearth.Tests.Features.Recommendations;

public sealed class NeighboursTests
{
    [Fact]
    public void Neighbours_are_the_damped_walks_over_people_and_no_item_is_its_own()
    {
        var random = new Random(3);
        var pairs = Enumerable.Range(0, 400).Select(_ => (Person: random.Next(40), Item: (int)(25 * Math.Pow(random.NextDouble(), 2)))).Distinct().ToList();
        var matrix = TasteMatrix.Of(pairs.Concat(pairs.Take(50)), 40, 26);
        Assert.Equal(pairs.Count, matrix.Pairs);
        var weights = new NeighbourWeights(0.7, 0.6, 0.3, 0, 5);
        var neighbours = Neighbours.Train(matrix, weights, threads: 2, TestContext.Current.CancellationToken);

        var has = pairs.ToHashSet();
        double Degree(Func<(int Person, int Item), bool> of) => pairs.Count(of);
        foreach (var item in Enumerable.Range(0, 26))
        {
            var expected = Enumerable.Range(0, 26)
                .Where(other => other != item)
                .Select(other => (Item: other, Weight: Enumerable.Range(0, 40)
                    .Where(person => has.Contains((person, item)) && has.Contains((person, other)))
                    .Sum(person => Math.Pow(Degree(pair => pair.Person == person), -0.6)
                        * Math.Pow(Degree(pair => pair.Item == item), -0.7) * Math.Pow(Degree(pair => pair.Item == other), -0.3))))
                .Where(other => other.Weight > 0)
                .Select(other => other.Weight)
                .OrderDescending()
                .Take(5)
                .ToList();
            var found = neighbours.Of(item).ToArray();
            Assert.Equal(expected.Count, found.Length);
            for (var i = 0; i < found.Length; i++)
                Assert.Equal(expected[i], found[i].Weight, 5);
            Assert.DoesNotContain(found, one => one.Item == item);
        }
    }

    [Fact]
    public void Sharpening_takes_off_what_comes_by_way_of_the_surroundings()
    {
        var random = new Random(4);
        var pairs = Enumerable.Range(0, 300).Select(_ => (Person: random.Next(40), Item: (int)(25 * Math.Pow(random.NextDouble(), 2)))).Distinct().ToList();
        var matrix = TasteMatrix.Of(pairs, 40, 25);
        var neighbours = Neighbours.Train(matrix, new NeighbourWeights(0.7, 0.6, 0.3, 0.8, 25), threads: 1, TestContext.Current.CancellationToken);

        var has = pairs.ToHashSet();
        double Person(int person) => pairs.Count(pair => pair.Person == person);
        double Item(int item) => pairs.Count(pair => pair.Item == item);
        double Walk(int one, int other, double from, double through, double to) => Enumerable.Range(0, 40)
            .Where(person => has.Contains((person, one)) && has.Contains((person, other)))
            .Sum(person => Math.Pow(Item(one), -from) * Math.Pow(Person(person), -through) * Math.Pow(Item(other), -to));
        for (var one = 0; one < 25; one++)
        {
            var found = neighbours.Of(one).ToArray().ToDictionary(near => near.Item, near => near.Weight);
            Assert.DoesNotContain(one, found.Keys);
            for (var other = 0; other < 25; other++)
            {
                var around = Enumerable.Range(0, 25).Sum(by => Walk(one, by, 0.7, 0.6, 0.3) * Walk(by, other, 0.5, 1, 0.5));
                if (other != one)
                    Assert.Equal(Walk(one, other, 0.7, 0.6, 0.3) - (0.8 * around), found.GetValueOrDefault(other), 4);
            }
        }
    }

    [Fact]
    public void The_best_of_many_come_in_order_and_equal_ones_by_their_place()
    {
        var random = new Random(5);
        var scores = Enumerable.Range(0, 500).Select(_ => (float)random.Next(60)).ToArray();
        var expected = Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).ThenBy(i => i).Take(20);
        Assert.Equal(expected, Ranking.Top(scores, 20));
        Assert.Equal([1, 0], Ranking.Top([1, 2], 20));
    }
}
