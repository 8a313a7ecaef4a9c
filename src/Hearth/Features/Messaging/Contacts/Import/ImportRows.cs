using System.Globalization;
using System.Text;
using System.Text.Json;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Contacts.Import;

/// <summary>A good row, as it waits.</summary>
internal sealed record ImportRow(string Name, string? Phone, string? Email, string[] Tags);

/// <summary>A row that cannot be a contact, and why. Rows count from 1, without the heading.</summary>
internal sealed record BadRow(int Row, string Message);

/// <summary>What a file or a list holds.</summary>
internal sealed record ParsedImport(List<ImportRow> Good, List<BadRow> Bad)
{
    public int Total => Good.Count + Bad.Count;
}

/// <summary>Reads contacts from CSV or a JSON array; each bad row is told, none spoils the others.</summary>
internal static class ImportRows
{
    public const int Most = 100_000;

    public static ParsedImport FromCsv(byte[] file)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file);
        }
        catch (DecoderFallbackException)
        {
            throw Failure.Invalid("file", "The file is not UTF-8 text.");
        }

        using var rows = CsvRows.Read(text).GetEnumerator();
        if (!rows.MoveNext())
            throw Failure.Invalid("file", "The submitted file is empty.");
        var columns = rows.Current.ConvertAll(cell => cell.Trim().ToLowerInvariant());
        var (name, phone, email, tags) = (columns.IndexOf("name"), columns.IndexOf("phone"), columns.IndexOf("email"), columns.IndexOf("tags"));
        if (name < 0)
            throw Failure.Invalid("file", "The first line must name the columns: name, and any of phone, email and tags.");
        var import = new ParsedImport([], []);
        while (rows.MoveNext())
        {
            var row = rows.Current;
            Add(import, () => Row(Cell(row, name), Cell(row, phone), Cell(row, email), (Cell(row, tags) ?? "").Split(',', ';', '|')));
        }

        return import;
    }

    public static ParsedImport FromJson(byte[] body)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
        }
        catch (JsonException)
        {
            throw Failure.Malformed("The body is not valid JSON.");
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                throw Failure.Malformed("The body must be an array of contacts.");
            var import = new ParsedImport([], []);
            foreach (var item in document.RootElement.EnumerateArray())
                Add(import, () => item.ValueKind == JsonValueKind.Object ? Row(Text(item, "name"), Text(item, "phone"), Text(item, "email"), Tags(item)) : throw Failure.Malformed("A contact is an object."));
            return import;
        }
    }

    private static void Add(ParsedImport import, Func<ImportRow> row)
    {
        if (import.Total == Most)
            throw Failure.TooLarge(string.Create(CultureInfo.InvariantCulture, $"At most {Most} rows at once."));
        try
        {
            import.Good.Add(row());
        }
        catch (Failure bad)
        {
            import.Bad.Add(new BadRow(import.Total + 1, bad.Fields is { } fields ? $"{fields.First().Key}: {bad.Message}" : bad.Message));
        }
    }

    private static ImportRow Row(string? name, string? phone, string? email, IReadOnlyList<string?> tags) =>
        new(ContactRules.Name(name), ContactRules.Phone(phone), ContactRules.Email(email), ContactRules.Tags(tags));

    private static string? Cell(List<string> row, int column) => column >= 0 && column < row.Count ? row[column] : null;

    private static string? Text(JsonElement item, string field)
    {
        if (!item.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return Text(value) ?? throw Failure.Invalid(field, "Not a valid string.");
    }

    /// <returns>The text; null where it is none, or one that no encoding writes.</returns>
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static List<string?> Tags(JsonElement item)
    {
        if (!item.TryGetProperty("tags", out var tags) || tags.ValueKind == JsonValueKind.Null)
            return [];
        return tags.ValueKind == JsonValueKind.Array
            ? [.. tags.EnumerateArray().Select(tag => Text(tag) ?? throw Failure.Invalid("tags", "Not a valid string."))]
            : throw Failure.Invalid("tags", "Expected a list of items.");
    }
}
