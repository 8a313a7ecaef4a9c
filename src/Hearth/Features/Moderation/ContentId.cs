using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.Features.Moderation;

/// <summary>The id of what is reported, as a client writes it: a number or a text.</summary>
[JsonConverter(typeof(ContentIdConverter))]
internal readonly record struct ContentId(string Text);

internal sealed class ContentIdConverter : JsonConverter<ContentId>
{
    public override ContentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out var number) => new ContentId(number.ToString(CultureInfo.InvariantCulture)),
        JsonTokenType.String when reader.GetString() is { Length: > 0 and <= 64 } text => new ContentId(text),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, ContentId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
