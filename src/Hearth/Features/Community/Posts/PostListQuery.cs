using System.Globalization;
using System.Text;
using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>A list whose lengths are kept by day: <c>post_days.list</c> and its id.</summary>
internal readonly record struct ListKey(short List, long Id)
{
    public static readonly ListKey All = new(0, 0);

    public static ListKey Author(long id) => new(1, id);

    public static ListKey Group(int id) => new(2, id);

    public static ListKey Course(int id) => new(3, id);

    public static ListKey Campaign(int id) => new(4, id);

    /// <summary>Every list that a post is in.</summary>
    public static List<ListKey> Of(long author, int? group, int? course, int? campaign)
    {
        var keys = new List<ListKey>(5) { All, Author(author) };
        if (group is { } g)
            keys.Add(Group(g));
        if (course is { } c)
            keys.Add(Course(c));
        if (campaign is { } p)
            keys.Add(Campaign(p));
        return keys;
    }
}

/// <summary>Which posts are listed, and which page of them.</summary>
internal sealed record PostListQuery(PageQuery Page)
{
    public long? Author { get; init; }

    public int? Group { get; init; }

    public int? Course { get; init; }

    public int? Campaign { get; init; }

    /// <summary>Words that must all be in title or text, the last one perhaps only begun; in the form of a tsquery.</summary>
    public string? Words { get; init; }

    /// <summary>Only what this person bookmarked.</summary>
    public long? BookmarkedBy { get; init; }

    /// <summary>Hidden posts of this person are listed.</summary>
    public long? HiddenOf { get; init; }

    /// <summary>All hidden posts are listed: for moderators.</summary>
    public bool AllHidden { get; init; }

    /// <summary>Nothing of these people is listed: the reader is apart from them.</summary>
    public long[] Apart { get; init; } = [];

    /// <summary>The list with a kept length that is asked for; null where filters are combined or words are sought.</summary>
    public ListKey? Key
    {
        get
        {
            if (Words is not null || BookmarkedBy is not null)
                return null;
            return (Author, Group, Course, Campaign) switch
            {
                (null, null, null, null) => ListKey.All,
                ({ } author, null, null, null) => ListKey.Author(author),
                (null, { } group, null, null) => ListKey.Group(group),
                (null, null, { } course, null) => ListKey.Course(course),
                (null, null, null, { } campaign) => ListKey.Campaign(campaign),
                _ => null,
            };
        }
    }

    /// <returns>Words as a prefix query; an empty text when there is nothing to look for in it.</returns>
    public static string Search(string text)
    {
        var query = new StringBuilder();
        var inWord = false;
        foreach (var rune in text.Normalize().ToLowerInvariant().EnumerateRunes())
        {
            if (!IsOfWord(rune))
            {
                query.Append(inWord ? "':*" : "");
                inWord = false;
                continue;
            }

            if (!inWord)
                query.Append(query.Length > 0 ? " & '" : "'");
            inWord = true;
            query.Append(rune.ToString());
        }

        return query.Append(inWord ? "':*" : "").ToString();
    }

    private static bool IsOfWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
