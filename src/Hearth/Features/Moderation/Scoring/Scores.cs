namespace Hearth.Features.Moderation.Scoring;

/// <summary>Why the scorer abstains; the number is kept nowhere.</summary>
internal enum Doubt
{
    None,
    TooShort,
    OtherScript,
    OtherLanguage,
    UnknownWords,

    /// <summary>Read well, but one of the two lies between what is flagged where half is bad and what is safe to flag where hardly anything is.</summary>
    Borderline,
}

/// <summary>What the scorer makes of a text.</summary>
/// <param name="Spam">The chance that it is spam, calibrated for a stream in which every second text is: see <see cref="At"/>.</param>
/// <param name="Offensive">The same for hate or offence.</param>
/// <param name="Doubt">Why nothing should be done about the text on this word alone.</param>
/// <param name="SpamLimit">From which chance on a text counts as spam.</param>
/// <param name="OffensiveLimit">From which chance on a text counts as hate or offence.</param>
internal readonly record struct Scores(double Spam, double Offensive, Doubt Doubt, double SpamLimit, double OffensiveLimit)
{
    public bool IsSpam => Spam >= SpamLimit;

    public bool IsOffensive => Offensive >= OffensiveLimit;

    /// <summary>Whether the two chances may be acted on.</summary>
    public bool IsSure => Doubt == Doubt.None;

    /// <summary>A chance stated for even odds, restated for a stream in which <paramref name="rate"/> of all texts are bad.</summary>
    public static double At(double chance, double rate) => chance * rate / ((chance * rate) + ((1 - chance) * (1 - rate)));
}
