namespace Hearth.Features.Moderation.Rings;

/// <summary>
/// Finds who may be a ring: the greatest set of people in which every tie has a third person tied to both, and everybody gives those whom
/// they are tied to <see cref="RingMeasure.LeastShare"/> of all they give. Taking somebody away only takes from others, so the set is the same
/// in whatever order those who do not fit are taken away; its connected parts are the candidates.
/// </summary>
internal sealed class RingGraph
{
    private readonly Dictionary<long, Dictionary<long, int>> ties = [];
    private readonly IReadOnlyDictionary<long, int> given;

    private RingGraph(IReadOnlyList<Tie> all, IReadOnlyDictionary<long, int> given)
    {
        this.given = given;
        foreach (var tie in all)
        {
            if (!ties.TryGetValue(tie.From, out var others))
                ties[tie.From] = others = [];
            others[tie.To] = tie.Count;
        }
    }

    /// <param name="ties">Both ways of each.</param>
    /// <param name="given">All that each of them gave.</param>
    /// <returns>The members of each candidate, by number.</returns>
    public static List<long[]> Candidates(IReadOnlyList<Tie> ties, IReadOnlyDictionary<long, int> given)
    {
        var graph = new RingGraph(ties, given);
        do
            graph.TakePeople();
        while (graph.TakeBridges());
        return [.. graph.Parts().Where(part => part.Length is >= RingMeasure.LeastMembers and <= RingMeasure.MostMembers && graph.IsDense(part))];
    }

    private void TakePeople()
    {
        var next = new Queue<long>(ties.Keys.Where(IsLoose));
        while (next.TryDequeue(out var person))
        {
            if (!ties.Remove(person, out var others))
                continue;
            foreach (var other in others.Keys)
            {
                if (ties.TryGetValue(other, out var theirs) && theirs.Remove(person) && IsLoose(other))
                    next.Enqueue(other);
            }
        }
    }

    private bool IsLoose(long person) => ties[person].Values.Sum() is var inside && (inside == 0 || inside < RingMeasure.LeastShare * given[person]);

    /// <returns>Whether there was a tie without a third person.</returns>
    private bool TakeBridges()
    {
        var bridges = (from one in ties from other in one.Value.Keys where one.Key < other && !HaveThird(one.Value, ties[other]) select (one.Key, other)).ToList();
        foreach (var (one, other) in bridges)
        {
            ties[one].Remove(other);
            ties[other].Remove(one);
        }

        return bridges.Count > 0;
    }

    private static bool HaveThird(Dictionary<long, int> one, Dictionary<long, int> other) =>
        one.Count <= other.Count ? one.Keys.Any(other.ContainsKey) : other.Keys.Any(one.ContainsKey);

    private IEnumerable<long[]> Parts()
    {
        var seen = new HashSet<long>();
        foreach (var person in ties.Keys.Order())
        {
            if (!seen.Add(person))
                continue;
            List<long> part = [person];
            for (var i = 0; i < part.Count; i++)
                part.AddRange(ties[part[i]].Keys.Where(seen.Add));
            part.Sort();
            yield return [.. part];
        }
    }

    private bool IsDense(long[] part) => part.Sum(person => ties[person].Count) >= RingMeasure.LeastDensity * part.Length * (part.Length - 1);
}
