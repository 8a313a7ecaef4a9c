namespace Hearth.Platform;

/// <summary>
/// A block parts two people, whichever of them made it: neither sees what the other writes. Parts of statements, in which a person is a
/// column or a parameter. Moderators are parted from nobody: they see what they decide on.
/// </summary>
internal static class Blocks
{
    /// <summary>A query of everybody whom a block parts from somebody: <c>person</c>, <c>other</c>.</summary>
    public const string Pairs = "select blocker as person, blocked as other from blocks union all select blocked, blocker from blocks";

    /// <summary>For whom a statement asks who is parted from them: 0, which is nobody, for moderators and for who is not signed in.</summary>
    public static long Reader(Caller? reader) => reader is { IsModerator: false } ? reader.UserId : 0;

    /// <summary>Whether a block parts two people.</summary>
    public static string Part(string person, string other) =>
        $"exists (select from ({Pairs}) parted where parted.person = {person} and parted.other = {other})";

    /// <summary>A query of those whom a block parts from somebody: <c>id</c>.</summary>
    public static string From(string person) => $"select parted.other as id from ({Pairs}) parted where parted.person = {person}";
}
