using System.Globalization;
using System.Text.Json;

namespace Hearth.Realtime;

/// <summary>What a client says: <c>{"type", "data": {"post_id"?, "token"?}}</c>.</summary>
/// <param name="Type">What it wants; null when the text is no such message.</param>
/// <param name="PostId">Null when it names none, or names it by something else than a number.</param>
internal sealed record ClientMessage(string? Type, long? PostId, string? Token)
{
    private static readonly ClientMessage Unknown = new(null, null, null);

    public static ClientMessage Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            using var json = JsonDocument.ParseValue(ref reader);
            if (reader.Read() || json.RootElement.ValueKind != JsonValueKind.Object || Text(json.RootElement, "type") is not { } type)
                return Unknown;
            return json.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
                ? new ClientMessage(type, Number(data, "post_id"), Text(data, "token"))
                : new ClientMessage(type, null, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or a text in it that is half of a surrogate pair.
            return Unknown;
        }
    }

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement of, string name)
    {
        if (!of.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out var number) => number,
            JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };
    }
}
