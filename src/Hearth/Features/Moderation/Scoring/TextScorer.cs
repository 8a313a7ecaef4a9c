namespace Hearth.Features.Moderation.Scoring;

/// <summary>
/// Judges whether a text is spam, or hateful or offensive, by a model that ships with Hearth and by what reviewers have decided since.
/// It allocates nothing, takes some 10 µs for a usual text, never fails whatever the text, and may be called by any number of threads.
/// docs/moderation-scorer.md tells how it was trained and how far it can be trusted.
/// </summary>
internal sealed class TextScorer(ScorerModel model)
{
    // A title with a number in it looks like spam.
    private const int FewestWordsOfSpam = 5;

    private volatile Lessons lessons = Lessons.None;

    public TextScorer()
        : this(ScorerModel.Load())
    {
    }

    /// <summary>What reviewers have taught; replaced whole.</summary>
    public Lessons Lessons
    {
        get => lessons;
        set => lessons = value;
    }

    public Scores Score(string? text) => Score(text, lessons);

    /// <summary>The same with other lessons than the node has read.</summary>
    public Scores Score(string? text, Lessons taught)
    {
        var sum = new WeightSum(model, taught);
        TextFeatures.Read(text, ref sum);
        var (spam, offensive) = sum.LogOdds();
        return Judge(
            Chance(spam + taught.Correction(Harm.Spam, sum.SpamLessons, sum.Words)),
            Chance(offensive + taught.Correction(Harm.Offensive, sum.OffensiveLessons, sum.Words)),
            sum.Doubt(),
            sum.Words);
    }

    private Scores Judge(double spam, double offensive, Doubt doubt, int words)
    {
        if (doubt == Doubt.None && words < FewestWordsOfSpam && spam >= model.Spam.Limit && offensive < model.Offensive.Limit)
            doubt = Doubt.TooShort;
        if (doubt == Doubt.None && (IsBetween(spam, model.Spam) || IsBetween(offensive, model.Offensive)))
            doubt = Doubt.Borderline;
        return new Scores(spam, offensive, doubt, model.Spam.Limit, model.Offensive.Limit);
    }

    private static bool IsBetween(double chance, Judgement judgement) => chance >= judgement.Limit && chance < judgement.SafeLimit;

    private static double Chance(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
