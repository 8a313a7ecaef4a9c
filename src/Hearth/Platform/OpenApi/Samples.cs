using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Hearth.Platform;

/// <summary>Makes an example of a wire record: each field by its name and type, the same at every start.</summary>
internal static class Samples
{
    private const int Deepest = 6;

    private static readonly Dictionary<string, JsonNode> ByName = new(StringComparer.Ordinal)
    {
        ["username"] = "amina",
        ["author"] = "amina",
        ["display_name"] = "Amina Yusuf",
        ["email"] = "amina@example.org",
        ["password"] = "correct horse battery staple",
        ["profile_photo"] = "https://hearth.example/media/amina.jpg",
        ["title"] = "A morning without a phone",
        ["content"] = "I left it in a drawer until noon. The quiet was loud at first.",
        ["text"] = "Thank you for telling this.",
        ["bio"] = "Gardener, listener, slow reader.",
        ["description"] = "A circle for people who begin again.",
        ["message"] = "Daniel liked your post.",
        ["detail"] = "Done.",
        ["name"] = "Evening circle",
        ["roles"] = new JsonArray("individual"),
        ["time_zone"] = "Africa/Nairobi",
        ["access"] = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImRjZWE3YzNkIn0.eyJ1aWQiOjEyfQ.4Jx0",
        ["refresh"] = "5pkt27NyzLgW2PVBmKLW12nNBbuf-ni-vZpv8JQ8AU8",
        ["token"] = "hst_pQ2Yw8uZV3mJd0sXl1bT7cRk5gNf4hA6",
        ["scopes"] = new JsonArray("contents"),
        ["reaction_type"] = "❤️",
        ["user_reaction"] = "❤️",
        ["content_type"] = "ventpost",
        ["media_type"] = "image",
        ["status"] = "ok",
        ["position"] = "000000000000002a",
        ["cursor"] = "PjEyMw",
        ["next"] = "https://hearth.example/api/example/?cursor=PjEyMw",
        ["category"] = "wellbeing",
        ["difficulty"] = "beginner",
        ["visibility"] = "public",
        ["tags"] = new JsonArray("bread", "patience"),
        ["review"] = "Clear, and it worked on the second try.",
        ["phone"] = "+254700000001",
        ["subject"] = "Your question of Monday",
        ["body"] = "Good morning! How did it go?",
        ["code"] = "k3v9q",
    };

    public static JsonNode? Of(JsonTypeInfo type) => Value(type, null, 0, []);

    private static JsonNode? Value(JsonTypeInfo type, string? name, int depth, HashSet<Type> within)
    {
        if (type.Kind == JsonTypeInfoKind.None)
            return Scalar(type.Type, name);
        if (depth > Deepest || !within.Add(type.Type))
            return type.Kind == JsonTypeInfoKind.Enumerable ? new JsonArray() : null;
        var value = Composite(type, name, depth, within);
        within.Remove(type.Type);
        return value;
    }

    private static JsonNode? Composite(JsonTypeInfo type, string? name, int depth, HashSet<Type> within)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Enumerable when name is not null && ByName.TryGetValue(name, out var known) && known is JsonArray:
                return known.DeepClone();
            case JsonTypeInfoKind.Enumerable:
                return new JsonArray(Value(type.Options.GetTypeInfo(type.ElementType!), Singular(name), depth + 1, within));
            case JsonTypeInfoKind.Dictionary:
                return new JsonObject { ["like"] = Value(type.Options.GetTypeInfo(type.ElementType!), null, depth + 1, within) };
            default:
                var value = new JsonObject();
                foreach (var property in type.Properties)
                {
                    if (property.Get is not null || property.Set is not null || property.AssociatedParameter is not null)
                        value[property.Name] = Value(type.Options.GetTypeInfo(property.PropertyType), property.Name, depth + 1, within);
                }

                return value;
        }
    }

    private static JsonNode? Scalar(Type given, string? name)
    {
        var type = Nullable.GetUnderlyingType(given) ?? given;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Field<>))
            return Field(type.GenericTypeArguments[0], name);
        if (type == typeof(string))
            return name is null ? "text" : Text(name);
        if (type == typeof(bool))
            return true;
        if (type == typeof(Guid) || type == typeof(PersonId))
            return "6865c4f9-7cb4-49de-bfbe-bf0fe726d25b";
        if (type == typeof(DateTime) || type == typeof(DateTimeOffset))
            return "2026-05-04T09:30:00Z";
        if (type == typeof(DateOnly))
            return "2026-05-04";
        if (type == typeof(double) || type == typeof(float) || type == typeof(decimal))
            return 0.42;
        if (type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte))
            return Number(name);
        return type.IsEnum ? Enum.GetNames(type)[0] : new JsonObject();
    }

    private static JsonNode? Field(Type type, string? name) =>
        type == typeof(List<string>) && name is not null && ByName.TryGetValue(name, out var known) ? known.DeepClone() : Scalar(type, name);

    private static JsonNode Text(string name)
    {
        if (ByName.TryGetValue(Snake(name), out var known))
            return known is JsonValue ? known.DeepClone() : "text";
        if (name.EndsWith("_id", StringComparison.Ordinal) || name is "id")
            return "6865c4f9-7cb4-49de-bfbe-bf0fe726d25b";
        if (name.EndsWith("url", StringComparison.OrdinalIgnoreCase) || name is "link" or "media" or "previous")
            return "https://hearth.example/a/b";
        return name.EndsWith("secret", StringComparison.Ordinal) ? "9NqfLJ2w0rVb7sYt" : "text";
    }

    private static JsonNode Number(string? name) => name switch
    {
        "page" or "unread" => 1,
        "rating" or "my_rating" => 4,
        null => 3,
        _ when name.EndsWith("id", StringComparison.OrdinalIgnoreCase) => 12,
        _ => 3,
    };

    private static string? Singular(string? name) => name is { Length: > 1 } && name[^1] == 's' ? name[..^1] : name;

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
