namespace Hearth.Features.Community;

/// <summary>The four reactions. Their numbers are stored: 1 like, 2 love, 3 haha, 4 sad; 0 is none.</summary>
internal static class ReactionKinds
{
    public const string Like = "👍";
    public const string Love = "❤️";
    public const string Haha = "😂";
    public const string Sad = "😢";

    private static readonly string?[] Texts = [null, Like, Love, Haha, Sad];

    public static string? Text(int kind) => Texts[kind];

    /// <returns>The kind's number, or 0 for what is none of the four.</returns>
    public static byte Parse(string? text) => text switch
    {
        Like => 1,
        // With or without the selector that asks for the coloured form.
        Love or "\u2764" => 2,
        Haha => 3,
        Sad => 4,
        _ => 0,
    };

    public static IReadOnlyList<ReactionCount> Summary(int likes, int loves, int hahas, int sads)
    {
        if ((likes | loves | hahas | sads) == 0)
            return [];
        var counts = new List<ReactionCount>(4);
        Add(Like, likes);
        Add(Love, loves);
        Add(Haha, hahas);
        Add(Sad, sads);
        return counts;

        void Add(string kind, int count)
        {
            if (count > 0)
                counts.Add(new ReactionCount(kind, count));
        }
    }
}
