using Hearth.Features.Moderation.Scoring;

namespace Hearth.TrainScorer;

/// <summary>Where a text comes from.</summary>
internal enum Origin
{
    Messages,
    Tweets,
    Own,
}

/// <param name="IsSpam">What is known of it; all of the tweets are taken for no spam, all of the messages for no offence.</param>
/// <param name="Fold">Which fifth of the training rows it belongs to, for cross-validation.</param>
internal sealed record Sample(string Text, Origin Origin, bool IsSpam, bool IsOffensive, int Fold)
{
    public bool Is(Harm harm) => harm == Harm.Spam ? IsSpam : IsOffensive;

    /// <summary>The data set that was made for a judgement; the others keep it from taking a style of writing for a harm.</summary>
    public static Origin Home(Harm harm) => harm == Harm.Spam ? Origin.Messages : Origin.Tweets;
}

/// <summary>Training rows, and every fifth row of both data sets, which training never sees, nor any copy of it.</summary>
internal sealed record Corpus(List<Sample> Training, List<Sample> HeldOut)
{
    public const int Folds = 5;
    private const int PerLine = 12;

    public static Corpus Read(string data)
    {
        var training = new List<Sample>();
        var heldOut = new List<Sample>();
        var messages = Csv.Read(Path.Combine(data, "sms-spam/messages.csv.gz"));
        Split(messages, row => new Sample(row[2], Origin.Messages, row[1] == "spam", false, 0), training, heldOut);
        var tweets = Csv.Read(Path.Combine(data, "hate-offensive-tweets/tweets.csv.gz"));
        Split(tweets, row => new Sample(row[6], Origin.Tweets, false, row[1] != "neither", 0), training, heldOut);
        AddStarred(training);
        AddOwn(training);
        return new Corpus(training, heldOut);
    }

    private static void Split(List<string[]> rows, Func<string[], Sample> read, List<Sample> training, List<Sample> heldOut)
    {
        var tested = new HashSet<string>(StringComparer.Ordinal);
        for (var row = 4; row < rows.Count; row += 5)
        {
            heldOut.Add(read(rows[row]));
            tested.Add(Bare(heldOut[^1].Text));
        }

        for (var row = 0; row < rows.Count; row++)
        {
            if (row % 5 != 4 && read(rows[row]) is var sample && !tested.Contains(Bare(sample.Text)))
                training.Add(sample with { Fold = FoldOf(sample.Text) });
        }
    }

    /// <summary>What two copies of one text have in common: letters and digits, without case.</summary>
    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>Texts that differ in numbers and signs only go together: a copy would give the answer away.</summary>
    private static int FoldOf(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text.Where(char.IsLetter))
            hash = (hash ^ char.ToUpperInvariant(letter)) * 16777619u;
        return (int)((hash >> 8) % Folds);
    }

    private static void AddStarred(List<Sample> training)
    {
        var chance = new Chance(7);
        var starred = training.Where((sample, at) => sample.Origin == Origin.Tweets && at % 8 == 0).ToList();
        training.AddRange(starred.Select(sample => sample with { Text = OwnTexts.Starred(sample.Text, chance) }));
    }

    private static void AddOwn(List<Sample> training)
    {
        var chance = new Chance(11);
        foreach (var (file, isSpam, isOffensive) in new[] { ("own-spam.txt", true, false), ("own-offensive.txt", false, true), ("own-harmless.txt", false, false) })
        {
            var made = 0;
            foreach (var (text, line) in OwnTexts.Read(file, PerLine))
                training.Add(new Sample(made++ % 8 == 0 ? OwnTexts.Starred(text, chance) : text, Origin.Own, isSpam, isOffensive, line % Folds));
        }
    }
}
