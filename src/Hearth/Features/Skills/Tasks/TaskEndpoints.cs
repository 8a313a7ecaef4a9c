using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>What people add to each other's skills.</summary>
internal static class TaskEndpoints
{
    public static void MapSkillTasks(this IEndpointRouteBuilder social)
    {
        var tasks = social.MapGroup("/skills/{id}/tasks").WithTags("Skill tasks").Limit(RateLimit.Reads);
        tasks.MapGet("", List).WithKeyset().Produces<KeysetPage<TaskView>>().WithQuery("day", "Only of this day.", 1);
        tasks.MapPost("", Create).Limit(RateLimit.Creates).Accepts<TaskRequest>("application/json").Produces<TaskView>(StatusCodes.Status201Created);
        var task = social.MapGroup("/tasks/{id}").WithTags("Skill tasks");
        task.MapPost("/vote", Vote).Limit(RateLimit.Reactions).Accepts<VoteRequest>("application/json").Produces<VotedView>();
        task.MapDelete("", Delete).Limit(RateLimit.Reads).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>The tasks of a skill by day, those with most votes first</summary>
    private static async Task<Answer> List(HttpContext http, NpgsqlDataSource source, string id)
    {
        var ct = http.RequestAborted;
        var page = http.KeysetQuery(3);
        var day = (int?)http.QueryLong("day", 1, Texts.LastDay);
        var reader = Reader.Of(http.Caller());
        await using var db = await source.OpenConnectionAsync(ct);
        var skill = await SkillReads.One(db, reader, SkillReads.Uuid(id), ct);
        var rows = await TaskStore.List(db, reader, skill.Id, day, page, ct);
        return Answer.Ok(Keyset.Page(http, page, rows, TaskStore.Key, row => row.View));
    }

    /// <summary>Propose a task for a day of a skill</summary>
    private static async Task<Answer> Create(HttpContext http, SkillTasks tasks, string id) =>
        await tasks.Create(http, SkillReads.Uuid(id), await Body.Read<TaskRequest>(http));

    /// <summary>Vote for or against a task</summary>
    /// <remarks>One vote a person; a second replaces the first, 0 takes it back.</remarks>
    private static async Task<Answer> Vote(HttpContext http, SkillTasks tasks, string id) =>
        await tasks.Vote(http, SkillReads.Uuid(id), (await Body.Read<VoteRequest>(http)).Value);

    /// <summary>Delete a task</summary>
    /// <remarks>For its author, the skill's author and moderators.</remarks>
    private static Task<Answer> Delete(HttpContext http, SkillTasks tasks, string id) => tasks.Delete(http, SkillReads.Uuid(id));
}
