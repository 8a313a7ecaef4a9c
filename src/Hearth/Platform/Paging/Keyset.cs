using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Hearth.Platform;

/// <summary>Where a keyset page begins: behind (or, backwards, before) the row with this key.</summary>
internal sealed record Cursor(bool Backwards, IReadOnlyList<string> Key)
{
    public long Long(int part) =>
        long.TryParse(Key[part], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong();

    /// <returns>A time that was written as <c>DateTime.Ticks</c>; UTC.</returns>
    public DateTime Time(int part) =>
        Long(part) is var ticks && ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime(ticks, DateTimeKind.Utc)
            : throw Wrong();

    public double Number(int part) =>
        double.TryParse(Key[part], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong();

    public static string Write(bool backwards, IReadOnlyList<string> key) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes((backwards ? "<" : ">") + string.Join('\n', key)));

    public static Cursor Parse(string text, int parts)
    {
        if (Base64Text.Decode(text) is not [(byte)'<' or (byte)'>', ..] bytes)
            throw Wrong();
        var key = Encoding.UTF8.GetString(bytes, 1, bytes.Length - 1).Split('\n');
        return key.Length == parts ? new Cursor(bytes[0] == (byte)'<', key) : throw Wrong();
    }

    private static Failure Wrong() => Failure.Invalid("cursor", "Invalid cursor.");
}

/// <summary>What a keyset page is asked for with: <c>limit</c> 20, at most 100, and the opaque <c>cursor</c> of a link.</summary>
internal readonly record struct KeysetQuery(int Limit, Cursor? Cursor)
{
    public bool Backwards => Cursor is { Backwards: true };

    /// <summary>How many rows to read: one more than shown tells whether there are more.</summary>
    public int Take => Limit + 1;
}

/// <summary>One page of a list that is walked by links alone.</summary>
internal sealed record KeysetPage<T>(IReadOnlyList<T> Results, string? Next, string? Previous);

internal static class Keyset
{
    /// <param name="http">The request.</param>
    /// <param name="parts">How many parts the list's key has.</param>
    /// <param name="limit">The length of a page where the request names none.</param>
    public static KeysetQuery KeysetQuery(this HttpContext http, int parts, int limit = 20)
    {
        var cursor = http.QueryText("cursor", 1000) is { } text ? Cursor.Parse(text, parts) : null;
        return new KeysetQuery(http.QueryInt("limit", limit, 1, 100), cursor);
    }

    /// <summary>Shapes a page from up to <see cref="KeysetQuery.Take"/> rows, which were read in the cursor's direction.</summary>
    public static KeysetPage<T> Page<TRow, T>(
        HttpContext http, KeysetQuery query, List<TRow> rows, Func<TRow, string[]> key, Func<TRow, T> view)
    {
        var more = rows.Count > query.Limit;
        if (more)
            rows.RemoveRange(query.Limit, rows.Count - query.Limit);
        if (query.Backwards)
            rows.Reverse();
        var hasNext = query.Backwards ? rows.Count > 0 : more;
        var hasPrevious = query.Backwards ? more : query.Cursor is not null && rows.Count > 0;
        return new KeysetPage<T>(
            rows.ConvertAll(row => view(row)),
            hasNext ? Links.Self(http, "cursor", Cursor.Write(false, key(rows[^1]))) : null,
            hasPrevious ? Links.Self(http, "cursor", Cursor.Write(true, key(rows[0]))) : null);
    }
}
