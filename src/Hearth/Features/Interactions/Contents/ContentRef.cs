using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.Features.Interactions;

/// <summary>A content as a request names it: by its <c>externalId</c> or its id.</summary>
[JsonConverter(typeof(ContentRefConverter))]
internal readonly record struct ContentRef(string Text);

internal sealed class ContentRefConverter : JsonConverter<ContentRef>
{
    public override ContentRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out var number) => new ContentRef(number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        JsonTokenType.String when reader.GetString() is { Length: > 0 and <= ContentRules.LongestId } text => new ContentRef(text),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, ContentRef value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
