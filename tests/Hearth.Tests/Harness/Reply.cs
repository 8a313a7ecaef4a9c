using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hearth.Tests.Harness;

/// <summary>An answer, read to its end.</summary>
public sealed class Reply
{
    /// <summary>Names in a test's bodies are the names on the wire.</summary>
    internal static readonly JsonSerializerOptions AsWritten = new();

    private readonly string request;
    private readonly NodeLog log;
    private readonly Dictionary<string, string> headers;
    private JsonElement? json;

    private Reply(int status, byte[] body, Dictionary<string, string> headers, string request, NodeLog log)
    {
        Status = status;
        Body = body;
        this.headers = headers;
        this.request = request;
        this.log = log;
    }

    public int Status { get; }

    public IReadOnlyList<byte> Bytes => Body;

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => json ??= Parse();

    internal byte[] Body { get; }

    /// <summary>A value by its path, such as <c>results.0.author.username</c>; fails where there is none.</summary>
    public JsonElement this[string path]
    {
        get
        {
            var value = Json;
            foreach (var step in path.Split('.'))
            {
                if (value.ValueKind == JsonValueKind.Array && int.TryParse(step, CultureInfo.InvariantCulture, out var index) && index < value.GetArrayLength())
                    value = value[index];
                else if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(step, out value))
                    Assert.Fail($"{request} answered {Status} without \"{path}\" ({step}): {Text}");
            }

            return value;
        }
    }

    /// <summary>Fails with the answer's text and the server's log where the status is another.</summary>
    public Reply Is(int status)
    {
        if (Status != status)
            Assert.Fail($"{request} answered {Status}, not {status}: {Text}\n{log.Trouble}");
        return this;
    }

    /// <summary>A header's value; null where the answer has none.</summary>
    public string? Header(string name) => headers.GetValueOrDefault(name);

    internal static async Task<Reply> Read(HttpResponseMessage response, string request, NodeLog log)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), headers, request, log);
    }

    private JsonElement Parse()
    {
        try
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            Assert.Fail($"{request} answered {Status} and no JSON: {Text}\n{log.Trouble}");
            throw;
        }
    }
}
