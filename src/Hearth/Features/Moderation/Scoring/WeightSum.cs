namespace Hearth.Features.Moderation.Scoring;

/// <summary>
/// Adds up the weights of a text as it is read. The text is judged by windows of two neighbouring blocks of words, so that a few bad
/// words in a long text are not drowned and a long harmless one gets no more chances than a short one: its odds are the mean of the odds
/// of its windows.
/// </summary>
internal struct WeightSum(ScorerModel model, Lessons lessons) : IFeatureSink
{
    public const int TokensPerBlock = 24;

    /// <summary>Added to the size of a window: the smaller it is, the less it says.</summary>
    public const int Prior = 10;

    /// <summary>What a part of a word adds to the size of its window.</summary>
    public const int PartSize = 1;

    /// <summary>What a word, a pair of words or a sign adds: there are fewer of them, and they say more.</summary>
    public const int WordSize = 4;

    /// <summary>No window says more, however sure: one of many must not speak for all.</summary>
    private const double MostLogOdds = 7;

    private readonly bool learns = lessons.Examples > 0;
    private Reading reading;
    private Block last;
    private Block now;
    private int tokens;
    private int windows;
    private bool isPaired;
    private double spamOdds;
    private double offensiveOdds;

    public int Words { get; private set; }

    public float SpamLessons { get; private set; }

    public float OffensiveLessons { get; private set; }

    public readonly Doubt Doubt() => reading.Doubt();

    public void Word(uint hash, int letters, bool isMarked)
    {
        var slot = model.Find(hash);
        Words++;
        reading.Word(slot, letters, isMarked);
        now.Add(slot, WordSize);
        if (learns)
        {
            SpamLessons += lessons.Weight(Harm.Spam, hash);
            OffensiveLessons += lessons.Weight(Harm.Offensive, hash);
        }
    }

    public void Sign(uint hash) => now.Add(model.Find(hash), WordSize);

    public void Part(uint hash) => now.Add(model.Find(hash), PartSize);

    public void Foreign(int letters) => reading.Foreign(letters);

    public void EndOfToken()
    {
        if (++tokens == TokensPerBlock)
            EndBlock();
    }

    public void Break()
    {
        if (tokens > 0)
            EndBlock();
        if (!isPaired && last.Size > 0)
            Judge(last);
        last = default;
        isPaired = false;
    }

    /// <summary>The log odds of the whole text, at even odds.</summary>
    public (double Spam, double Offensive) LogOdds()
    {
        Break();
        return windows == 0 ? (model.Spam.Offset, model.Offensive.Offset) : (Math.Log(spamOdds / windows), Math.Log(offensiveOdds / windows));
    }

    private void EndBlock()
    {
        if (last.Size > 0)
        {
            Judge(last.With(now));
            isPaired = true;
        }

        last = now;
        now = default;
        tokens = 0;
    }

    private void Judge(Block window)
    {
        windows++;
        spamOdds += Odds(window.Spam, window.Size, model.Spam);
        offensiveOdds += Odds(window.Offensive, window.Size, model.Offensive);
    }

    private static double Odds(long sum, int size, Judgement judgement)
    {
        var raw = sum * (judgement.Scale / (127.0 * 127.0)) / Math.Sqrt(size + Prior);
        return Math.Exp(Math.Clamp((raw * judgement.Slope) + judgement.Offset, -MostLogOdds, MostLogOdds));
    }

    private struct Block
    {
        public long Spam;
        public long Offensive;
        public int Size;

        public void Add(uint slot, int size)
        {
            // Known for a word only, not for a weight.
            if ((slot & 0xFFFF) == 0)
                return;
            Size += size;
            Spam += ScorerModel.SpamWeight(slot);
            Offensive += ScorerModel.OffensiveWeight(slot);
        }

        public readonly Block With(Block next) =>
            new() { Spam = Spam + next.Spam, Offensive = Offensive + next.Offensive, Size = Size + next.Size };
    }
}

/// <summary>Whether a text was one that the model can read: English, in Latin letters, of words that it knows, and enough of them.</summary>
internal struct Reading
{
    // Measured on running text: English lies on one side, nearly all else on the other. docs/moderation-scorer.md has the figures.
    private const double MostForeign = 0.15;
    private const double LeastKnown = 0.6;
    private const int FewestWords = 2;
    private const int FewestLetters = 8;

    private int words;
    private int known;
    private int foreign;
    private int otherScript;
    private int letters;

    public void Word(uint slot, int length, bool isMarked)
    {
        words++;
        letters += length;
        if ((slot & ScorerModel.EnglishMark) != 0)
            known += length;
        else if (isMarked || (slot & ScorerModel.ForeignMark) != 0)
            foreign += length;
    }

    public void Foreign(int length) => otherScript += length;

    public readonly double Known => letters == 0 ? 0 : (double)known / letters;

    public readonly double Other => letters == 0 ? 0 : (double)foreign / letters;

    public readonly Doubt Doubt()
    {
        if (otherScript * 3 > letters)
            return Scoring.Doubt.OtherScript;
        if (words < FewestWords || letters < FewestLetters)
            return Scoring.Doubt.TooShort;
        if (Other > MostForeign)
            return Scoring.Doubt.OtherLanguage;
        return Known < LeastKnown ? Scoring.Doubt.UnknownWords : Scoring.Doubt.None;
    }
}
