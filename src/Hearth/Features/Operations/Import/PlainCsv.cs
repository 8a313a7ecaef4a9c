using System.Runtime.CompilerServices;

namespace Hearth.Features.Operations.Import;

/// <summary>The data set's tables: ids, words and dates, so no field is ever quoted.</summary>
internal static class PlainCsv
{
    /// <summary>The named columns of each line; a line with another number of fields is given to <paramref name="broken"/> and left out.</summary>
    /// <exception cref="Platform.StartFailure">A column is missing.</exception>
    public static async IAsyncEnumerable<string[]> Rows(
        string path, string[] columns, Action broken, [EnumeratorCancellation] CancellationToken ct)
    {
        using var reader = ImportFiles.Open(path);
        var header = (await reader.ReadLineAsync(ct) ?? "").Split(',');
        var places = Array.ConvertAll(columns, column => Array.IndexOf(header, column) is >= 0 and var place
            ? place
            : throw new Platform.StartFailure($"{path} has no column {column}."));
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            var fields = line.Split(',');
            if (fields.Length == header.Length && !line.Contains('"', StringComparison.Ordinal))
                yield return Array.ConvertAll(places, place => fields[place]);
            else
                broken();
        }
    }
}
