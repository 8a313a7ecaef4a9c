using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hearth.Platform;

/// <summary>
/// Describes schemas and their properties by the comments of the records that they come from, and says what types with a
/// converter of their own look like.
/// </summary>
internal sealed class SchemaDocs : IOpenApiSchemaTransformer
{
    private static readonly XmlComments Comments = new();

    public async Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var given = context.JsonTypeInfo.Type;
        var type = Nullable.GetUnderlyingType(given) ?? given;
        var nullable = type == given ? default : JsonSchemaType.Null;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Field<>))
            await Become(schema, context, type.GenericTypeArguments[0], cancellationToken);
        else if (type == typeof(DateTime) || type == typeof(DateTimeOffset))
            (schema.Type, schema.Format) = (JsonSchemaType.String | nullable, "date-time");
        else if (type == typeof(PersonId))
            schema.Type = JsonSchemaType.String | JsonSchemaType.Integer | nullable;
        schema.Description = Words(context);
    }

    private static string? Words(OpenApiSchemaTransformerContext context)
    {
        if (context.JsonPropertyInfo is { } property)
            return property.AttributeProvider is MemberInfo member ? Comments.Summary(member) : null;
        return context.JsonTypeInfo.Type.Assembly == typeof(SchemaDocs).Assembly && !IsPlain(context.JsonTypeInfo)
            ? Comments.Summary(context.JsonTypeInfo.Type)
            : null;
    }

    /// <summary>A value with a converter is a detail of the code, not of the wire.</summary>
    private static bool IsPlain(JsonTypeInfo type) => type.Kind == JsonTypeInfoKind.None;

    private static async Task Become(OpenApiSchema schema, OpenApiSchemaTransformerContext context, Type type, CancellationToken ct)
    {
        var inner = await context.GetOrCreateSchemaAsync(type, null, ct);
        schema.Type = inner.Type;
        schema.Format = inner.Format;
        schema.Items = inner.Items;
        schema.Properties = inner.Properties;
        schema.Required = inner.Required;
        schema.Default = null;
        if (FieldTypes.TakesNull(context.JsonPropertyInfo) && schema.Type is { } own)
            schema.Type = own | JsonSchemaType.Null;
    }
}
