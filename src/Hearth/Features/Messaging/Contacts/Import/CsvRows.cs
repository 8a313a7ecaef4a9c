using System.Text;

namespace Hearth.Features.Messaging.Contacts.Import;

/// <summary>Reads CSV as RFC 4180 writes it, and as spreadsheets do: a byte order mark, semicolons, lines of any ending.</summary>
internal static class CsvRows
{
    /// <returns>Each row's cells; empty lines are left out.</returns>
    public static IEnumerable<List<string>> Read(string text)
    {
        var at = text.StartsWith('\uFEFF') ? 1 : 0;
        var separator = Separator(text.AsSpan(at));
        var row = new List<string>();
        var cell = new StringBuilder();
        while (at < text.Length)
        {
            at = Cell(text, at, separator, cell);
            row.Add(cell.ToString());
            cell.Clear();
            if (at < text.Length && text[at] == separator)
            {
                // A separator at the very end has an empty cell behind it.
                if (++at == text.Length)
                    row.Add("");
                continue;
            }

            at = LineEnd(text, at);
            if (row.Count > 1 || row[0].Trim().Length > 0)
                yield return row;
            row = [];
        }

        if (row.Count > 0)
            yield return row;
    }

    private static int Cell(string text, int at, char separator, StringBuilder cell)
    {
        if (text[at] != '"')
        {
            var end = text.AsSpan(at).IndexOfAny(separator, '\r', '\n');
            end = end < 0 ? text.Length : at + end;
            cell.Append(text, at, end - at);
            return end;
        }

        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                if (at + 1 < text.Length && text[at + 1] == '"')
                    at++;
                else
                    break;
            }

            cell.Append(text[at]);
        }

        // What follows a closing quote belongs to no cell.
        var rest = text.AsSpan(Math.Min(at, text.Length)).IndexOfAny(separator, '\r', '\n');
        return rest < 0 ? text.Length : at + rest;
    }

    private static int LineEnd(string text, int at)
    {
        if (at < text.Length && text[at] == '\r')
            at++;
        return at < text.Length && text[at] == '\n' ? at + 1 : at;
    }

    private static char Separator(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('\r', '\n');
        var head = end < 0 ? text : text[..end];
        return head.Count(';') > head.Count(',') ? ';' : head.Contains('\t') && !head.Contains(',') ? '\t' : ',';
    }
}
