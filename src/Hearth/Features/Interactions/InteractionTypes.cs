using Hearth.Ledger;

namespace Hearth.Features.Interactions;

/// <summary>The nine types. Their numbers are stored, 1 to 9 in this order; each has a verb of the ledger.</summary>
internal static class InteractionTypes
{
    public const short Like = 2;
    public const short Dislike = 3;
    public const short Skip = 6;
    public const short Complete = 8;
    public const short Rate = 9;

    public static readonly string[] Names = ["view", "like", "dislike", "save", "share", "skip", "play", "complete", "rate"];

    private const int FirstVerb = (int)Ledger.Verb.ViewContent - 1;

    public static string Name(short type) => Names[type - 1];

    /// <returns>The type's number, or 0 for what is none of the nine.</returns>
    public static short Parse(string? name) => (short)(Array.IndexOf(Names, name) + 1);

    public static Verb Verb(short type) => (Verb)(FirstVerb + type);

    /// <returns>The type that a verb tells of; 0 for other verbs.</returns>
    public static short Of(Verb verb) => verb is >= Ledger.Verb.ViewContent and <= Ledger.Verb.RateContent ? (short)((int)verb - FirstVerb) : (short)0;
}
