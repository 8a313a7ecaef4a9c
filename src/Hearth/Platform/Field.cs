using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Hearth.Platform;

/// <summary>
/// A field of a PATCH body, which may be absent, null or a value; declared as <c>Field&lt;string?&gt; Bio = default</c>.
/// A null where <typeparamref name="T"/> takes none is a wrong value.
/// </summary>
[JsonConverter(typeof(FieldConverter))]
internal readonly record struct Field<T>(T Value) : IField
{
    public bool IsSet { get; } = true;

    public bool IsNull => IsSet && Value is null;

    public T Or(T otherwise) => IsSet ? Value : otherwise;
}

internal interface IField
{
    bool IsNull { get; }
}

/// <summary>Which fields of a body take no null. The code knows by its annotations, the converter of a field does not.</summary>
internal static class NullFields<T>
    where T : class
{
    private static readonly Lazy<JsonPropertyInfo[]> Strict = new(() =>
        [.. JsonBody.Info(typeof(T)).Properties.Where(property => typeof(IField).IsAssignableFrom(property.PropertyType) && !FieldTypes.TakesNull(property))]);

    /// <summary>Fails on the first that is null all the same.</summary>
    public static void Refuse(T body)
    {
        foreach (var property in Strict.Value)
        {
            if (property.Get?.Invoke(body) is IField { IsNull: true })
                throw Failure.Invalid(property.Name, JsonWords.Expectation(JsonBody.Info(typeof(T)), property.Name));
        }
    }

    private static bool TakesNull(JsonPropertyInfo property) => FieldTypes.TakesNull(property);
}

internal static class FieldTypes
{
    public static bool TakesNull(JsonPropertyInfo? property) =>
        property?.AttributeProvider is PropertyInfo info
        && new NullabilityInfoContext().Create(info).GenericTypeArguments is [{ ReadState: NullabilityState.Nullable }];
}

internal sealed class FieldConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Field<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GenericTypeArguments))!;

    private sealed class Of<T> : JsonConverter<Field<T>>
    {
        public override bool HandleNull => true;

        public override Field<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return new(JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)))!);
            }
            catch (JsonException wrong) when (wrong.InnerException is not JsonException)
            {
                // Without a path of its own it gets the field's.
                throw new JsonException();
            }
        }

        public override void Write(Utf8JsonWriter writer, Field<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
    }
}
