using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.Features.Operations.Import;

/// <summary>A line of <c>posts.jsonl</c>.</summary>
internal sealed record StackPost(
    string Site,
    int Id,
    string Type,
    int? ParentId,
    string? Title,
    int? AuthorId,
    DateTimeOffset CreatedAt,
    int? Views,
    DateTimeOffset? LastEditedAt,
    DateTimeOffset? ClosedAt,
    string? BodyHtml,
    string? BodyText,
    string[]? Tags)
{
    public bool IsQuestion => string.Equals(Type, "question", StringComparison.Ordinal);
}

/// <summary>A line of <c>comments.jsonl</c>.</summary>
internal sealed record StackComment(
    string Site, int Id, int PostId, int? ReplyToCommentId, int? AuthorId, DateTimeOffset CreatedAt, int? Score, string? Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StackPost))]
[JsonSerializable(typeof(StackComment))]
internal sealed partial class StackExchangeJson : JsonSerializerContext;

/// <summary>Files of lines, plain or packed by gzip.</summary>
internal static class ImportFiles
{
    /// <returns>The path of <paramref name="name"/> or <c>name.gz</c> in the folder; null when neither is there.</returns>
    public static string? Find(string folder, string name)
    {
        var plain = Path.Combine(folder, name);
        return File.Exists(plain) ? plain : File.Exists(plain + ".gz") ? plain + ".gz" : null;
    }

    public static StreamReader Open(string path)
    {
        var file = File.OpenRead(path);
        return new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
    }

    /// <summary>Reads JSON, a line each; a line that is none is given to <paramref name="broken"/> and left out.</summary>
    public static async IAsyncEnumerable<T> Lines<T>(
        string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, Action<string> broken, [EnumeratorCancellation] CancellationToken ct)
        where T : class
    {
        using var reader = Open(path);
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            if (line.Length == 0)
                continue;
            T? row = null;
            try
            {
                row = JsonSerializer.Deserialize(line, type);
            }
            catch (JsonException e)
            {
                broken(e.Message);
            }

            if (row is not null)
                yield return row;
        }
    }
}
