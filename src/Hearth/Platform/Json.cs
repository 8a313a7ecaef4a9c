using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Hearth.Platform;

/// <summary>
/// How JSON is written: each feature adds its source-generated context; names are as its records say them.
/// Text goes out as UTF-8, not as escapes: an emoji is four bytes, not twelve.
/// </summary>
internal static class Json
{
    private static readonly JsonContexts Contexts = new();

    public static readonly JsonSerializerOptions Options = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Adds a feature's context; called while services are registered.</summary>
    public static void Add(IJsonTypeInfoResolver context) => Contexts.Add(context);

    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Of<T>());

    private static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = PlainJsonEncoder.Instance;
        options.Converters.Add(new UtcTimeConverter());
        options.TypeInfoResolver = Contexts;
        return options;
    }
}

/// <summary>
/// The contexts of all features. Unlike the options' own chain it can be added to after their first use: an
/// application that is built later in the same process brings its contexts, too.
/// </summary>
internal sealed class JsonContexts : IJsonTypeInfoResolver
{
    private readonly Lock gate = new();
    private volatile IJsonTypeInfoResolver[] all = [];

    public void Add(IJsonTypeInfoResolver context)
    {
        lock (gate)
        {
            if (!all.Contains(context))
                all = [.. all, context];
        }
    }

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        foreach (var context in all)
        {
            if (context.GetTypeInfo(type, options) is { } info)
                return info;
        }

        return null;
    }
}

/// <summary>Times as ISO 8601 in UTC with <c>Z</c>, with microseconds only where there are some.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().UtcDateTime;

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options)
    {
        var utc = value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc);
        writer.WriteStringValue(utc);
    }
}
