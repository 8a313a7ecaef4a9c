using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.Features.Operations.Import;

/// <summary>A line of <c>hearth import jsonl</c>: the fields of all kinds, of which each kind uses its own. See docs/import.md.</summary>
internal sealed record JsonlRow
{
    public string? Type { get; init; }

    public JsonElement Id { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    // user
    public string? Username { get; init; }

    public string? DisplayName { get; init; }

    public string? Email { get; init; }

    public bool? EmailVerified { get; init; }

    public string? PasswordHash { get; init; }

    public string? Bio { get; init; }

    public string? ProfilePhoto { get; init; }

    public string[]? Roles { get; init; }

    public bool? IsActive { get; init; }

    // group, course
    public string? Name { get; init; }

    public string? Description { get; init; }

    public JsonElement Owner { get; init; }

    // post, comment
    public JsonElement Author { get; init; }

    public string? Title { get; init; }

    public string? Content { get; init; }

    public string? Text { get; init; }

    public JsonElement Group { get; init; }

    public JsonElement Course { get; init; }

    public JsonElement Parent { get; init; }

    public int? Views { get; init; }

    public int? Likes { get; init; }

    public int? Loves { get; init; }

    // member, reaction, view, bookmark, share, follow
    public JsonElement User { get; init; }

    public JsonElement Post { get; init; }

    public JsonElement Comment { get; init; }

    public string? ReactionType { get; init; }

    // follow: user follows followed
    public JsonElement Followed { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JsonlRow))]
internal sealed partial class JsonlJson : JsonSerializerContext;
