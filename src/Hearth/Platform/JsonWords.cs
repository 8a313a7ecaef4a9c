using System.Text.Json.Serialization.Metadata;

namespace Hearth.Platform;

/// <summary>What a field should have been, in words.</summary>
internal static class JsonWords
{
    /// <param name="root">The body's type.</param>
    /// <param name="path">The field's place in it, such as <c>days[0].title</c>.</param>
    public static string Expectation(JsonTypeInfo root, string path)
    {
        var type = root;
        foreach (var step in path.Split('.', '['))
        {
            if (Inside(type, step) is not { } inner)
                return "A valid value is required.";
            type = inner;
        }

        return Words(type);
    }

    private static JsonTypeInfo? Inside(JsonTypeInfo type, string step)
    {
        if (step.EndsWith(']') || type.Kind == JsonTypeInfoKind.Dictionary)
            return type.ElementType is { } element ? type.Options.GetTypeInfo(element) : null;
        foreach (var property in type.Properties)
        {
            if (string.Equals(property.Name, step, StringComparison.OrdinalIgnoreCase))
                return type.Options.GetTypeInfo(property.PropertyType);
        }

        return null;
    }

    private static string Words(JsonTypeInfo info)
    {
        if (info.Type.IsGenericType && info.Type.GetGenericTypeDefinition() == typeof(Field<>))
            return Words(info.Options.GetTypeInfo(info.Type.GenericTypeArguments[0]));
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (info.Kind == JsonTypeInfoKind.Enumerable)
            return "Expected a list of items.";
        if (info.Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary)
            return "Expected an object.";
        if (type == typeof(string))
            return "Not a valid string.";
        if (type == typeof(bool))
            return "Must be a valid boolean.";
        if (type == typeof(Guid))
            return "Must be a valid UUID.";
        if (type == typeof(DateTime) || type == typeof(DateTimeOffset))
            return "A valid ISO 8601 time is required.";
        if (type == typeof(int) || type == typeof(long) || type == typeof(short))
            return "A valid integer is required.";
        return type == typeof(double) || type == typeof(decimal) || type == typeof(float)
            ? "A valid number is required."
            : "A valid value is required.";
    }
}
