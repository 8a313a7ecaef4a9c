using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>A reaction to a post or comment.</summary>
/// <param name="ContentType"><c>ventpost</c> or <c>ventcomment</c>.</param>
/// <param name="ObjectId">The id of the post or comment.</param>
/// <param name="ReactionType">One of 👍 ❤️ 😂 😢.</param>
internal sealed record ReactionView(string ContentType, long ObjectId, string ReactionType);

/// <summary>Whose reaction is taken back, in the query or in the body.</summary>
internal sealed record ReactionTarget(string? ContentType, long? ObjectId);

/// <summary>Reactions: one per person and object.</summary>
internal static class ReactionEndpoints
{
    public static void MapReactions(this IEndpointRouteBuilder ventroom)
    {
        var reactions = ventroom.MapGroup("/reactions").RequireSignedIn().Limit(RateLimit.Reactions).WithTags("Reactions");
        reactions.MapPost("", React).Accepts<ReactionView>("application/json").Produces<ReactionView>(StatusCodes.Status201Created);
        reactions.MapDelete("", TakeBack).Produces(StatusCodes.Status204NoContent)
            .WithQuery("content_type", "What the reaction is to.", "ventpost", "ventpost", "ventcomment")
            .WithQuery("object_id", "The id of the post or comment.", 1);
    }

    /// <summary>Reacts to a post or comment. A second reaction replaces the first; the same again changes nothing.</summary>
    private static async Task<Answer> React(HttpContext http, Reactions reactions)
    {
        var body = await Body.Read<ReactionView>(http);
        var on = Kind(body.ContentType);
        var kind = ReactionKinds.Parse(body.ReactionType);
        if (kind == 0)
            throw Failure.Invalid("reaction_type", $"\"{body.ReactionType}\" is not a valid choice.");
        var answer = Answer.Created(body with { ReactionType = ReactionKinds.Text(kind)! });
        return await reactions.Set(http, new Reaction(on, body.ObjectId, http.Caller().UserId, kind, http.Caller().IsModerator), answer);
    }

    /// <summary>Takes one's reaction back: <c>content_type</c> and <c>object_id</c> in the query or in a JSON body. Without a reaction nothing changes.</summary>
    private static async Task<Answer> TakeBack(HttpContext http, Reactions reactions)
    {
        var target = http.Request.Query.Count > 0
            ? new ReactionTarget(http.QueryText("content_type"), http.QueryLong("object_id", long.MinValue))
            : await Body.ReadOptional<ReactionTarget>(http) ?? new ReactionTarget(null, null);
        var on = Kind(target.ContentType ?? throw Failure.Invalid("content_type", "This field is required."));
        var id = target.ObjectId ?? throw Failure.Invalid("object_id", "This field is required.");
        return await reactions.Set(http, new Reaction(on, id, http.Caller().UserId, 0, http.Caller().IsModerator), Answer.NoContent);
    }

    private static ObjectKind Kind(string contentType) => contentType switch
    {
        "ventpost" => ObjectKind.Post,
        "ventcomment" => ObjectKind.Comment,
        _ => throw Failure.Invalid("content_type", "Invalid content type. Must be 'ventpost' or 'ventcomment'."),
    };
}
