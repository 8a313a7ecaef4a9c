using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Hearth.Platform;

/// <summary>Parses a body and words what is wrong with it for the person who sent it.</summary>
internal static class JsonBody
{
    private static readonly Lazy<JsonSerializerOptions> Options = new(Strict);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> EscapedNull => "\\u0000"u8;

    public static T Parse<T>(ReadOnlySequence<byte> json)
        where T : class
    {
        if (json.FirstSpan.StartsWith(ByteOrderMark))
            json = json.Slice(ByteOrderMark.Length);
        var type = (JsonTypeInfo<T>)Options.Value.GetTypeInfo(typeof(T));
        try
        {
            RefuseNulls(json, type);
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 32 });
            var value = JsonSerializer.Deserialize(ref reader, type) ?? throw Failure.Malformed("The body must not be null.");
            RefuseMore(ref reader);
            NullFields<T>.Refuse(value);
            return value;
        }
        catch (JsonException wrong)
        {
            throw Worded(wrong, type);
        }
    }

    public static bool Knows(Type type) => Options.Value.TryGetTypeInfo(type, out _);

    public static JsonTypeInfo Info(Type type) => Options.Value.GetTypeInfo(type);

    /// <summary>Gives the framework's own options the same names, converters and contexts: the OpenAPI document is made with them.</summary>
    public static void Configure(Microsoft.AspNetCore.Http.Json.JsonOptions options)
    {
        var own = options.SerializerOptions;
        own.PropertyNamingPolicy = Json.Options.PropertyNamingPolicy;
        own.NumberHandling = Json.Options.NumberHandling;
        own.Encoder = Json.Options.Encoder;
        own.RespectNullableAnnotations = true;
        foreach (var converter in Json.Options.Converters)
            own.Converters.Add(converter);
        own.TypeInfoResolver = Options.Value.TypeInfoResolver;
    }

    /// <summary>The options of answers, made strict: what a record's constructor needs must be there, and null only where it may be.</summary>
    private static JsonSerializerOptions Strict()
    {
        var options = new JsonSerializerOptions(Json.Options) { RespectNullableAnnotations = true };
        options.TypeInfoResolver = Json.Options.TypeInfoResolver!.WithAddedModifier(Require);
        options.MakeReadOnly();
        return options;
    }

    private static void Require(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { HasDefaultValue: false } parameter && !MayBeNull(parameter))
                property.IsRequired = true;
        }
    }

    private static bool MayBeNull(JsonParameterInfo parameter) =>
        parameter.ParameterType.IsValueType ? Nullable.GetUnderlyingType(parameter.ParameterType) is not null : parameter.IsNullable;

    private static void RefuseMore(ref Utf8JsonReader reader)
    {
        if (reader.Read())
            throw new JsonException("The body goes on behind its end.");
    }

    /// <summary>No text column takes the character U+0000. What is read part by part later is looked at then.</summary>
    private static void RefuseNulls(ReadOnlySequence<byte> json, JsonTypeInfo type)
    {
        if (json.IsSingleSegment ? json.FirstSpan.IndexOf(EscapedNull) < 0 : json.ToArray().AsSpan().IndexOf(EscapedNull) < 0)
            return;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 32 });
        var field = "";
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                field = Text(ref reader);
            if (reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == 1 && IsInParts(type, field))
                reader.Skip();
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && Text(ref reader).Contains('\0'))
                throw Failure.Invalid(field.Replace("\0", "", StringComparison.Ordinal), "Null characters are not allowed.");
        }
    }

    private static bool IsInParts(JsonTypeInfo type, string field) =>
        type.Properties.Any(property => property.Name == field && property.PropertyType == typeof(IReadOnlyList<JsonElement>));

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException bad)
        {
            throw new JsonException("A text is not valid Unicode.", bad);
        }
    }

    private static Failure Worded(JsonException wrong, JsonTypeInfo type)
    {
        var path = wrong.Path is { Length: > 1 } text && text.StartsWith("$.", StringComparison.Ordinal) ? text[2..] : null;
        if (Missing(wrong.Message, path) is { Count: > 0 } missing)
            return Failure.Invalid(missing);
        // A reader's complaint is about the text, not about the field that it was at.
        if (wrong.InnerException is JsonException || path is null)
            return Failure.Malformed(wrong.LineNumber is { } line ? $"JSON parse error in line {line + 1}, byte {wrong.BytePositionInLine + 1}." : "JSON parse error.");
        return Failure.Invalid(path, JsonWords.Expectation(type, path));
    }

    /// <summary>Its message lists the names in quotes after the type's.</summary>
    private static Dictionary<string, string[]> Missing(string message, string? within)
    {
        var fields = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (!message.Contains("missing required properties", StringComparison.Ordinal))
            return fields;
        // Parts at odd places are quoted: the type, then each name.
        var parts = message.Split('\'');
        for (var i = 3; i < parts.Length; i += 2)
            fields[within is null ? parts[i] : $"{within}.{parts[i]}"] = ["This field is required."];

        return fields;
    }
}
