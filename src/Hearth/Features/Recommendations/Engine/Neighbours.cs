namespace Hearth.Features.Recommendations.Engine;

/// <summary>
/// How much a step through an item, a person and to another item counts, by how many pairs each of them has: a degree to the
/// power of minus the exponent.
/// </summary>
/// <param name="From">Of the item that one took to.</param>
/// <param name="Through">Of the people who took to both.</param>
/// <param name="To">Of the item that is reached: the greater, the less what is popular anyway wins.</param>
/// <param name="Most">How many neighbours an item keeps.</param>
internal sealed record NeighbourWeights(double From, double Through, double To, int Most)
{
    /// <summary>Chosen on pairs held out of a training set of check-ins: docs/recommendations.md.</summary>
    public static NeighbourWeights Chosen { get; } = new(0.7, 0.7, 0.3, 100);
}

/// <summary>
/// For each item those that people who took to it took to as well, with their weights: the three-step walk item → person → item,
/// each step damped by degree (Christoffel et al., "Blockbusters and Wallflowers", RecSys 2015, RP3beta; with an exponent for each
/// place as in Fu et al., "Revisiting Neighborhood-based Link Prediction for Collaborative Filtering", 2022). In closed form: nothing
/// is iterated, and the same pairs give the same neighbours.
/// </summary>
internal sealed class Neighbours
{
    private readonly (int Item, float Weight)[][] lists;

    private Neighbours((int Item, float Weight)[][] lists) => this.lists = lists;

    /// <summary>The neighbours of an item, the closest first.</summary>
    public ReadOnlySpan<(int Item, float Weight)> Of(int item) => lists[item];

    /// <param name="matrix">Who took to what.</param>
    /// <param name="weights">What steps count.</param>
    /// <param name="threads">How many items are worked on at once.</param>
    /// <param name="ct">Ends it early.</param>
    public static Neighbours Train(TasteMatrix matrix, NeighbourWeights weights, int threads, CancellationToken ct)
    {
        var through = Powers(matrix.People, person => matrix.ItemsOf(person).Length, weights.Through);
        var from = Powers(matrix.Items, item => matrix.PeopleOf(item).Length, weights.From);
        var to = Powers(matrix.Items, item => matrix.PeopleOf(item).Length, weights.To);
        var lists = new (int Item, float Weight)[matrix.Items][];
        Parallel.For(
            0,
            matrix.Items,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = ct },
            () => new Walk(matrix.Items),
            (item, _, walk) =>
            {
                lists[item] = walk.From(matrix, item, through, to, from[item], weights.Most);
                return walk;
            },
            _ => { });
        return new Neighbours(lists);
    }

    private static float[] Powers(int count, Func<int, int> degree, double exponent)
    {
        var powers = new float[count];
        for (var i = 0; i < count; i++)
            powers[i] = degree(i) == 0 ? 0 : (float)Math.Pow(degree(i), -exponent);
        return powers;
    }

    /// <summary>Room for the walks of one thread.</summary>
    private sealed class Walk(int items)
    {
        private readonly float[] sums = new float[items];
        private readonly List<int> reached = [];

        public (int Item, float Weight)[] From(TasteMatrix matrix, int item, float[] through, float[] to, float from, int most)
        {
            foreach (var person in matrix.PeopleOf(item))
            {
                var weight = through[person];
                foreach (var other in matrix.ItemsOf(person))
                {
                    if (sums[other] == 0)
                        reached.Add(other);
                    sums[other] += weight;
                }
            }

            var list = new List<(int Item, float Weight)>(reached.Count);
            foreach (var other in reached)
            {
                if (other != item)
                    list.Add((other, sums[other] * to[other] * from));
                sums[other] = 0;
            }

            reached.Clear();
            list.Sort((a, b) => a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight) : a.Item.CompareTo(b.Item));
            return [.. list.Take(most)];
        }
    }
}
