using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>Sharing, reading, changing skills.</summary>
internal static class SkillEndpoints
{
    public static void MapSkillRoutes(this IEndpointRouteBuilder social)
    {
        var skills = social.MapGroup("/skills").WithTags("Skills").Limit(RateLimit.Reads);
        skills.MapPost("", Share).Limit(RateLimit.Creates).Accepts<SkillRequest>("application/json").Produces<SkillView>(StatusCodes.Status201Created);
        skills.MapGet("", List).WithKeyset().Produces<KeysetPage<SkillView>>()
            .WithQuery("author", "Whose, by UUID or integer; `me` for one's own.", "me")
            .WithQuery("category", "Only of this category.", "wellbeing");
        skills.MapGet("/{id}", One).Produces<SkillView>();
        skills.MapPut("/{id}", Edit).Accepts<SkillRequest>("application/json").Produces<SkillView>();
        skills.MapDelete("/{id}", Delete).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Share a skill</summary>
    /// <remarks>A title is all it needs. A private skill is for its author alone; one for followers is for whoever follows its author at the time.</remarks>
    private static async Task<Answer> Share(HttpContext http, SkillActions actions) => await actions.Share(http, await Body.Read<SkillRequest>(http));

    /// <summary>One's own skills and those of others that one may see, the newest first</summary>
    private static async Task<Answer> List(HttpContext http, NpgsqlDataSource source)
    {
        var ct = http.RequestAborted;
        var caller = http.Caller();
        var page = http.KeysetQuery(2);
        await using var db = await source.OpenConnectionAsync(ct);
        long? author = http.QueryText("author") switch
        {
            null => null,
            "me" => caller.UserId,
            var text when PersonId.TryParse(text, out var person) => await person.Find(db, ct),
            _ => throw Failure.Invalid("author", "A valid user id is required."),
        };
        var rows = await SkillReads.List(db, Reader.Of(caller), new SkillFilter(author, http.QueryText("category")), page, ct);
        return Answer.Ok(Keyset.Page(http, page, rows, SkillReads.Key, row => row.View));
    }

    /// <summary>A skill</summary>
    /// <remarks>Counts as a view, once per reader: behind the answer, or before it with `Prefer: wait`.</remarks>
    private static async Task<Answer> One(HttpContext http, ViewedSkills views, string id) => Answer.Ok(await views.One(http, SkillReads.Uuid(id)));

    /// <summary>Change one's own skill</summary>
    /// <remarks>What the body leaves out stays as it is.</remarks>
    private static async Task<Answer> Edit(HttpContext http, SkillActions actions, string id) =>
        await actions.Edit(http, SkillReads.Uuid(id), await Body.Read<SkillRequest>(http));

    /// <summary>Delete one's own skill, with all that hangs on it</summary>
    private static Task<Answer> Delete(HttpContext http, SkillActions actions, string id) => actions.Delete(http, SkillReads.Uuid(id));
}
