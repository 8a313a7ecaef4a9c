using System.IO.Compression;
using System.Text;

namespace Hearth.TrainScorer;

/// <summary>Reads a compressed CSV file: a header, commas, quoted fields that may hold line ends.</summary>
internal static class Csv
{
    /// <returns>The rows after the header.</returns>
    public static List<string[]> Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        var text = reader.ReadToEnd();
        var rows = new List<string[]>();
        var at = 0;
        while (at < text.Length)
            rows.Add(Row(text, ref at));
        rows.RemoveAt(0);
        return rows;
    }

    private static string[] Row(string text, ref int at)
    {
        var fields = new List<string>();
        while (true)
        {
            fields.Add(Field(text, ref at));
            if (at >= text.Length || text[at++] == '\n')
                return [.. fields];
        }
    }

    /// <summary>Stops on the comma or the line end behind the field.</summary>
    private static string Field(string text, ref int at)
    {
        var field = new StringBuilder();
        var isQuoted = at < text.Length && text[at] == '"';
        at += isQuoted ? 1 : 0;
        for (; at < text.Length; at++)
        {
            if (isQuoted && text[at] == '"')
            {
                if (at + 1 >= text.Length || text[at + 1] != '"')
                {
                    isQuoted = false;
                    continue;
                }

                at++;
            }
            else if (!isQuoted && text[at] is ',' or '\n')
            {
                break;
            }

            if (isQuoted || text[at] != '\r')
                field.Append(text[at]);
        }

        return field.ToString();
    }
}
