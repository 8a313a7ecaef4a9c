using System.Globalization;
using System.Text;

namespace Hearth.Platform;

/// <summary>
/// Tables for spreadsheets (RFC 4180). Each cell is written by one of these: text is quoted where it must be, and is never what a spreadsheet
/// would run; numbers and times are what they are.
/// </summary>
internal static class Csv
{
    public const string ContentType = "text/csv; charset=utf-8";

    /// <summary>What tells Excel that a file is UTF-8; for programs it would be part of the first column's name, so it is sent where it is asked for.</summary>
    public static readonly string Mark = "\uFEFF";

    private const string Runs = "=+-@＝＋－＠";

    /// <summary>Whether the caller wants <see cref="Mark"/>: <c>bom=true</c>.</summary>
    public static string AskedMark(HttpContext http) => http.QueryBool("bom", false) ? Mark : "";

    public static RouteHandlerBuilder WithCsvMark(this RouteHandlerBuilder route) =>
        route.WithQuery("bom", "Whether a table begins with a byte order mark: Excel shows accents right with it, programs may take it for part of the first column's name.", false);

    /// <summary>A cell that a spreadsheet would run, also behind what it skips, gets an apostrophe before it.</summary>
    public static string Text(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (text[0] is '\t' or '\r' or '\n' || FirstSeen(text) is { } first && Runs.Contains(first, StringComparison.Ordinal))
            text = "'" + text;
        return text.AsSpan().ContainsAny("\",;\t\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    public static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    public static string Time(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>A line of finished cells.</summary>
    public static string Line(params ReadOnlySpan<string?> cells) => string.Join(',', cells) + "\r\n";

    public static byte[] Bytes(string table) => Encoding.UTF8.GetBytes(table);

    /// <returns>The first character that is neither blank nor invisible.</returns>
    private static char? FirstSeen(string text)
    {
        foreach (var one in text)
        {
            if (!char.IsWhiteSpace(one) && char.GetUnicodeCategory(one) is not (UnicodeCategory.Control or UnicodeCategory.Format))
                return one;
        }

        return null;
    }
}
