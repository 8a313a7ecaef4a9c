using Hearth.Features.Moderation.Scoring;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Moderation;

/// <summary>The rules that are active, on every node as of the ledger; read again when a row says that they changed.</summary>
internal sealed class RuleBook(NpgsqlDataSource source, TextScorer scorer) : ITailReader, ICacheHolder
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private Rule[]? rules;
    private int version;

    private readonly HitCount looks = new();

    public IReadOnlyList<NodeCache> Caches => [new("moderation_rules", null, Figures, Forget)];

    public int Count => rules?.Length ?? 0;

    public ValueTask Apply(IReadOnlyList<LedgerRow> rows, long upTo, CancellationToken ct)
    {
        if (rows.Any(row => row.Verb == Verb.ChangeModerationRules))
            Forget();
        return ValueTask.CompletedTask;
    }

    /// <summary>For the node that changed them: its next text is judged by what it has committed.</summary>
    public void Forget()
    {
        // First the version: what is being read from before the change is used once, and not kept.
        Interlocked.Increment(ref version);
        Volatile.Write(ref rules, null);
    }

    /// <returns>The rules that find something in a text, the strictest first.</returns>
    public async Task<IReadOnlyList<Rule>> Matching(ObjectKind kind, string text, CancellationToken ct)
    {
        var found = new List<Rule>();
        var known = Volatile.Read(ref rules);
        looks.Count(known is not null);
        var concerned = Array.FindAll(known ?? await Load(ct), rule => rule.Concerns(kind));
        var scores = Array.Exists(concerned, rule => rule.AsksScorer) ? scorer.Score(text) : default;
        found.AddRange(concerned.Where(rule => rule.Finds(text, scores)));
        return found;
    }

    private CacheFigures Figures()
    {
        var known = Volatile.Read(ref rules) ?? [];
        return new CacheFigures(known.Length, known.Sum(rule => 256L + (2 * (rule.Row.Pattern?.Length ?? 0)) + (2 * rule.Row.Keywords.Sum(word => word.Length))), looks.Hits, looks.Misses);
    }

    private async Task<Rule[]> Load(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            if (Volatile.Read(ref rules) is { } loaded)
                return loaded;
            var read = Volatile.Read(ref version);
            await using var db = await source.OpenConnectionAsync(ct);
            Rule[] all = [.. (await RuleStore.All(db)).Where(row => row.IsActive).Select(row => new Rule(row)).OrderByDescending(Strictness)];
            Volatile.Write(ref rules, all);
            if (read != Volatile.Read(ref version))
                Volatile.Write(ref rules, null);
            return all;
        }
        finally
        {
            turn.Release();
        }
    }

    private static int Strictness(Rule rule) => (10 * Array.IndexOf(Vocabulary.RuleActions, rule.Row.Action)) + rule.Row.Severity;
}

/// <summary>Judges each text as it is written.</summary>
internal sealed class Screening(RuleBook book, Content content) : IScreening
{
    public async Task Screen(Write write, ObjectKind kind, long id, string publicId, long author, string field, string text, CancellationToken ct)
    {
        var found = await book.Matching(kind, text, ct);
        if (found.Count == 0)
            return;
        if (found[0].Row.Action == "reject")
            throw Refused(field);
        // The object is locked by its feature, and a decision locks it after the turn that reports take: no turn is taken here.
        var about = new ModeratedObject(id, publicId, author, text, false);
        // To hide a person would be to suspend them: that is for a moderator.
        var hide = found[0].Row.Action == "hide" && kind != ObjectKind.User;
        await Report(write, kind, about, found, hide, rule => $"Found by the rule \"{rule.Row.Name}\".");
        // Whatever a rule hides was written by its author, who still sees it.
        if (hide)
            await content.Of(kind).Hide(write, kind, id, true, author, ct);
    }

    public async Task ScreenNameless(Write write, ObjectKind kind, Caller author, string field, string text, CancellationToken ct)
    {
        var found = await book.Matching(kind, text, ct);
        if (found.Count == 0)
            return;
        if (found[0].Row.Action is "reject" or "hide")
            throw Refused(field);
        var about = new ModeratedObject(author.UserId, author.Uuid.ToString(), author.UserId, text, false);
        await Report(write, ObjectKind.User, about, found, hides: false, rule => $"Found by the rule \"{rule.Row.Name}\" in: {text}");
    }

    private static async Task Report(Write write, ObjectKind kind, ModeratedObject about, IReadOnlyList<Rule> found, bool hides, Func<Rule, string> details)
    {
        foreach (var rule in found)
        {
            await RuleStore.Matched(write.Db, rule.Row.Id);
            if (await ReportStore.Add(write.Db, kind, about, null, $"rule: {rule.Row.Name}", Reason(rule), details(rule), rule.Row.Severity, hides))
                write.Append(new Entry(Verb.Report, kind, about.Id) { Subject = about.Owner, Value = rule.Row.Severity });
        }

        await ReportStore.Rank(write.Db, kind, about.Id);
    }

    private static Failure Refused(string field) => Failure.Invalid(field, "This text breaks the rules of the community.");

    /// <summary>What the scorer is asked about is what a decision on its report then teaches it.</summary>
    private static string Reason(Rule rule) => rule.Row.Scorer switch
    {
        ScorerRules.Spam => "spam",
        ScorerRules.Offensive => "harassment",
        _ => "other",
    };
}
