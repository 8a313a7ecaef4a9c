using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>What people say about skills.</summary>
internal static class SkillCommentEndpoints
{
    public static void MapSkillComments(this IEndpointRouteBuilder social)
    {
        var comments = social.MapGroup("/skills/{id}/comments").WithTags("Skill comments").Limit(RateLimit.Reads);
        comments.MapGet("", List).WithKeyset().Produces<KeysetPage<SkillCommentView>>()
            .WithQuery("parent", "All that hangs under this comment, the oldest first.", "6865c4f9-7cb4-49de-bfbe-bf0fe726d25b")
            .WithQuery("at", "Begins with this comment, or with the one that it hangs under; where it is gone, with the newest.", "6865c4f9-7cb4-49de-bfbe-bf0fe726d25b");
        comments.MapPost("", Create).Limit(RateLimit.Creates)
            .Accepts<SkillCommentRequest>("application/json").Produces<SkillCommentView>(StatusCodes.Status201Created);
        comments.MapPut("/{comment}", Edit).Accepts<SkillCommentEdit>("application/json").Produces<SkillCommentView>();
        comments.MapDelete("/{comment}", Delete).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>The comments on a skill, the newest first, each with its first three replies</summary>
    private static async Task<Answer> List(HttpContext http, NpgsqlDataSource source, string id)
    {
        var ct = http.RequestAborted;
        var page = http.KeysetQuery(2);
        var reader = Reader.Of(http.Caller());
        await using var db = await source.OpenConnectionAsync(ct);
        var skill = await SkillReads.One(db, reader, SkillReads.Uuid(id), ct);
        if (page.Cursor is null && http.QueryGuid("at") is { } at)
            page = page with { Cursor = await SkillCommentReads.At(db, reader, skill.Id, at, ct) };
        var rows = http.QueryGuid("parent") is { } named
            ? await SkillCommentReads.Below(
                db, reader, await SkillCommentStore.Lock(db, reader, skill.Id, named, ct) ?? throw Failure.NotFound(), page, ct)
            : await SkillCommentReads.Top(db, reader, skill.Id, page, ct);
        return Answer.Ok(Keyset.Page(http, page, rows, SkillCommentReads.Key, row => row.View));
    }

    /// <summary>Comment on a skill, or reply to a comment on it</summary>
    private static async Task<Answer> Create(HttpContext http, SkillComments comments, string id) =>
        await comments.Create(http, SkillReads.Uuid(id), await Body.Read<SkillCommentRequest>(http));

    /// <summary>Change a comment's text</summary>
    /// <remarks>For its author.</remarks>
    private static async Task<Answer> Edit(HttpContext http, SkillComments comments, string id, string comment) =>
        await comments.Edit(http, SkillReads.Uuid(id), SkillReads.Uuid(comment), await Body.Read<SkillCommentEdit>(http));

    /// <summary>Delete a comment with its replies</summary>
    /// <remarks>For its author, the skill's author and moderators.</remarks>
    private static Task<Answer> Delete(HttpContext http, SkillComments comments, string id, string comment) =>
        comments.Delete(http, SkillReads.Uuid(id), SkillReads.Uuid(comment));
}
