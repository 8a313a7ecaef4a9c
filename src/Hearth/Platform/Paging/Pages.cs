using System.Globalization;

namespace Hearth.Platform;

/// <summary>A page by its number: <c>page</c> from 1, <c>page_size</c> 20, at most 100.</summary>
internal readonly record struct PageQuery(int Number, int Size)
{
    public int Offset => (Number - 1) * Size;
}

/// <summary>One numbered page; <c>count</c> is the whole list's length.</summary>
internal sealed record Page<T>(long Count, string? Next, string? Previous, IReadOnlyList<T> Results);

internal static class Pages
{
    // Beyond it no list of ours has a page, and offsets stay integers.
    private const int Last = 1_000_000;

    public static PageQuery PageQuery(this HttpContext http, int size = 20)
    {
        var length = http.QueryInt("page_size", size, 1, 100);
        return new PageQuery(http.QueryInt("page", 1, 1, Last), length);
    }

    /// <summary>Fails with 404 "Invalid page." when the page lies past the end; the first page always is there.</summary>
    public static void MustExist(this PageQuery query, long count)
    {
        if (query.Number > 1 && query.Offset >= count)
            throw Failure.NotFound("Invalid page.");
    }

    public static Page<T> Page<T>(HttpContext http, PageQuery query, long count, IReadOnlyList<T> results)
    {
        query.MustExist(count);
        var next = query.Offset + (long)query.Size < count ? Link(http, query.Number + 1) : null;
        var previous = query.Number > 1 ? Link(http, query.Number - 1) : null;
        return new Page<T>(count, next, previous, results);
    }

    // Where `at` says which page is meant, the first is named as well.
    private static string Link(HttpContext http, int number) =>
        Links.Self(http, "page", number == 1 && !http.Request.Query.ContainsKey("at") ? null : number.ToString(CultureInfo.InvariantCulture));
}
