namespace Hearth.Features.Recommendations.Engine;

/// <summary>
/// How much a step through an item, a person and to another item counts, by how many pairs each of them has: a degree to the
/// power of minus the exponent; and what is taken off again.
/// </summary>
/// <param name="From">Of the item that one took to.</param>
/// <param name="Through">Of the people who took to both.</param>
/// <param name="To">Of the item that is reached: the greater, the less what is popular anyway wins.</param>
/// <param name="Sharpness">How much of what reaches an item by way of its surroundings is taken off; from 0, below 1.</param>
/// <param name="Most">How many neighbours an item keeps.</param>
internal sealed record NeighbourWeights(double From, double Through, double To, double Sharpness, int Most)
{
    /// <summary>Chosen on pairs held out of a training set of check-ins: docs/recommendations.md.</summary>
    public static NeighbourWeights Chosen { get; } = new(0.7, 0.7, 0.3, 0.6, 300);
}

/// <summary>
/// For each item those that people who took to it took to as well, with their weights, in two steps, each in closed form: nothing is iterated,
/// and the same pairs give the same neighbours.
/// <list type="number">
/// <item>The walk item → person → item, each step damped by degree (Christoffel et al., "Blockbusters and Wallflowers", RecSys 2015, RP3beta;
/// with an exponent for each place as in Fu et al., "Revisiting Neighborhood-based Link Prediction for Collaborative Filtering", 2022).</item>
/// <item>A sharpening: what an item gets only because all around it gets it is taken off, W − s·W·P with the normalised item graph
/// P = D^−½ Rᵀ U^−1 R D^−½ (Choi et al., "Blurring-Sharpening Process Models for Collaborative Filtering", SIGIR 2023, one step).</item>
/// </list>
/// A weight may be negative: who took to the one takes to the other less than to what surrounds it.
/// </summary>
internal sealed class Neighbours
{
    // What the sharpening looks at of a row and of the graph: more changes little and takes longer.
    private const int Reach = 300;
    private const int Surroundings = 100;

    private readonly (int Item, float Weight)[][] lists;

    private Neighbours((int Item, float Weight)[][] lists) => this.lists = lists;

    /// <summary>The neighbours of an item, those whose weight counts most first.</summary>
    public ReadOnlySpan<(int Item, float Weight)> Of(int item) => lists[item];

    /// <param name="matrix">Who took to what.</param>
    /// <param name="weights">What steps count.</param>
    /// <param name="threads">How many items are worked on at once.</param>
    /// <param name="ct">Ends it early.</param>
    public static Neighbours Train(TasteMatrix matrix, NeighbourWeights weights, int threads, CancellationToken ct)
    {
        var walks = new Steps(matrix, weights.From, weights.Through, weights.To);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = ct };
        if (weights.Sharpness == 0)
            return new Neighbours(Each(matrix, options, (item, sums) => walks.From(item, sums).WithoutItself(item).Greatest(weights.Most)));
        var reached = Each(matrix, options, (item, sums) => walks.From(item, sums).Greatest(Reach));
        var graph = new Steps(matrix, 0.5, 1, 0.5);
        var around = Each(matrix, options, (item, sums) => graph.From(item, sums).Greatest(Surroundings));
        return new Neighbours(Each(matrix, options, (item, sums) => Sharpened(reached[item], around, weights.Sharpness, sums).WithoutItself(item).Greatest(weights.Most)));
    }

    private static (int Item, float Weight)[][] Each(TasteMatrix matrix, ParallelOptions options, Func<int, Sums, (int, float)[]> row)
    {
        var rows = new (int Item, float Weight)[matrix.Items][];
        Parallel.For(
            0,
            matrix.Items,
            options,
            () => new Sums(matrix.Items),
            (item, _, sums) =>
            {
                rows[item] = row(item, sums);
                return sums;
            },
            _ => { });
        return rows;
    }

    private static Sums Sharpened((int Item, float Weight)[] row, (int Item, float Weight)[][] around, double sharpness, Sums sums)
    {
        foreach (var (item, weight) in row)
        {
            sums.Add(item, weight);
            var taken = (float)sharpness * weight;
            foreach (var (other, share) in around[item])
                sums.Add(other, -taken * share);
        }

        return sums;
    }

    /// <summary>Walks from an item over the people who took to it to what they took to, itself among it.</summary>
    private sealed class Steps(TasteMatrix matrix, double from, double through, double to)
    {
        private readonly float[] from = Powers(matrix.Items, item => matrix.PeopleOf(item).Length, from);
        private readonly float[] through = Powers(matrix.People, person => matrix.ItemsOf(person).Length, through);
        private readonly float[] to = Powers(matrix.Items, item => matrix.PeopleOf(item).Length, to);

        public Sums From(int item, Sums sums)
        {
            foreach (var person in matrix.PeopleOf(item))
            {
                var weight = through[person] * from[item];
                foreach (var other in matrix.ItemsOf(person))
                    sums.Add(other, weight * to[other]);
            }

            return sums;
        }

        private static float[] Powers(int count, Func<int, int> degree, double exponent)
        {
            var powers = new float[count];
            for (var i = 0; i < count; i++)
                powers[i] = degree(i) == 0 ? 0 : (float)Math.Pow(degree(i), -exponent);
            return powers;
        }
    }

    /// <summary>Room for the sums of one thread; empty again once its greatest are taken.</summary>
    private sealed class Sums(int items)
    {
        private readonly float[] sums = new float[items];
        private readonly bool[] isReached = new bool[items];
        private readonly List<int> reached = [];

        // The nearest to 0 of what is kept comes first, and goes first.
        private readonly PriorityQueue<(int Item, float Weight), (int Item, float Weight)> kept = new(Comparer<(int Item, float Weight)>.Create(Distance));

        public void Add(int item, float weight)
        {
            if (!isReached[item])
            {
                isReached[item] = true;
                reached.Add(item);
            }

            sums[item] += weight;
        }

        public Sums WithoutItself(int item)
        {
            sums[item] = 0;
            return this;
        }

        /// <returns>Those farthest from 0, the farthest first.</returns>
        public (int Item, float Weight)[] Greatest(int most)
        {
            foreach (var item in reached)
            {
                var one = (item, sums[item]);
                if (sums[item] != 0 && (kept.Count < most || Distance(one, kept.Peek()) > 0))
                {
                    if (kept.Count == most)
                        kept.Dequeue();
                    kept.Enqueue(one, one);
                }

                sums[item] = 0;
                isReached[item] = false;
            }

            reached.Clear();
            var greatest = new (int, float)[kept.Count];
            for (var i = greatest.Length - 1; i >= 0; i--)
                greatest[i] = kept.Dequeue();
            return greatest;
        }

        /// <summary>Of two that are as far from 0, that with the smaller number is the farther.</summary>
        private static int Distance((int Item, float Weight) a, (int Item, float Weight) b)
        {
            var (first, second) = (Math.Abs(a.Weight), Math.Abs(b.Weight));
            return first != second ? first.CompareTo(second) : b.Item.CompareTo(a.Item);
        }
    }
}
