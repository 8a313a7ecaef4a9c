using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>
/// Recommends skills from what is there now, so that a like, a rating or a skip counts with the next request: what people of similar
/// taste took to first, mixed with what comes from other sides, so that who is new and what is new are not left out.
/// </summary>
internal static class Recommender
{
    // Of five places two are for similar taste.
    private static readonly string[] Mixture = ["similar_taste", "following", "similar_taste", "interest", "new"];

    /// <summary>How many of so many places similar taste has at least.</summary>
    public static int Alike(int places) => ((places * 2) + 4) / 5;

    public static async Task<List<SkillView>> For(NpgsqlConnection db, Reader reader, int limit, CancellationToken ct)
    {
        var found = await RecommendationStore.Candidates(db, reader, limit, ct);
        var chosen = Mix(found, limit);
        var skills = (await SkillReads.Named(db, reader, [.. chosen.Select(one => one.Skill)], ct)).ToDictionary(row => row.Id, row => row.View);
        return [.. chosen.Where(one => skills.ContainsKey(one.Skill)).Select(one => skills[one.Skill] with { Because = one.Reason })];
    }

    /// <summary>Each kind in its turn; what trends fills what is left.</summary>
    private static List<Candidate> Mix(ILookup<string, Candidate> found, int limit)
    {
        var queues = Mixture.Distinct(StringComparer.Ordinal).Append("trending")
            .ToDictionary(kind => kind, kind => new Queue<Candidate>(found[kind]), StringComparer.Ordinal);
        var chosen = new List<Candidate>(limit);
        var taken = new HashSet<long>();
        while (chosen.Count < limit && Mixture.Any(kind => queues[kind].Count > 0))
        {
            foreach (var kind in Mixture)
                Take(kind);
        }

        while (chosen.Count < limit && queues["trending"].Count > 0)
            Take("trending");
        return chosen;

        void Take(string kind)
        {
            while (chosen.Count < limit && queues[kind].TryDequeue(out var next))
            {
                if (taken.Add(next.Skill))
                {
                    chosen.Add(next);
                    return;
                }
            }
        }
    }
}
