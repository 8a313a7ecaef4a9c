using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Skills;

/// <param name="Day">From 1 to 3650.</param>
/// <param name="Title">At most 150 characters.</param>
/// <param name="Description">At most 2,000 characters.</param>
internal sealed record TaskRequest(int? Day, string? Title, string? Description = null);

/// <summary>What somebody proposes to do on a day of a skill.</summary>
/// <param name="Skill">The skill's id.</param>
/// <param name="Votes">Those for it less those against.</param>
/// <param name="MyVote">The reader's: 1, 0 or -1.</param>
internal sealed record TaskView(
    Guid Id, Guid Skill, int Day, string Title, string Description, SkillAuthor Author, int Votes, int MyVote, DateTime CreatedAt);

/// <param name="Value">1 for, -1 against, 0 for neither.</param>
internal sealed record VoteRequest(int Value);

internal sealed record VotedView(int Votes, int MyVote);

/// <summary>The writes to tasks and their votes.</summary>
internal sealed class SkillTasks(Writes writes, IScreening screening)
{
    public async Task<Answer> Create(HttpContext http, Guid uuid, TaskRequest request)
    {
        var ct = http.RequestAborted;
        var caller = http.Caller();
        var day = request.Day ?? throw Failure.Invalid("day", "This field is required.");
        if (day is < 1 or > Texts.LastDay)
            throw Failure.Invalid("day", $"A day's number is from 1 to {Texts.LastDay}.");
        var title = Texts.Required("title", request.Title ?? throw Failure.Invalid("title", "This field is required."), 150);
        var description = Texts.Limited("description", request.Description ?? "", 2_000);
        await using var write = await writes.Begin(http);
        var skill = await SkillReads.Lock(write.Db, Reader.Of(caller), uuid, ct);
        var (id, named) = await TaskStore.Add(write.Db, skill.Id, caller.UserId, day, title, description, ct);
        write.Append(new Entry(Verb.CreateTask, ObjectKind.Task, id) { Actor = caller.UserId, Subject = skill.Author, Detail = SkillDetail.Of(skill.Id) });
        await screening.Screen(write, ObjectKind.Task, id, named.ToString(), caller.UserId, "title", $"{title}\n{description}", ct);
        return await write.Commit(Answer.Created((await TaskStore.One(write.Db, Reader.Of(caller), named, ct)).View));
    }

    /// <summary>A second vote replaces the first.</summary>
    public async Task<Answer> Vote(HttpContext http, Guid uuid, int value)
    {
        var ct = http.RequestAborted;
        var caller = http.Caller();
        if (value is < -1 or > 1)
            throw Failure.Invalid("value", "A vote is 1, 0 or -1.");
        await using var write = await writes.Begin(http);
        var task = await TaskStore.Lock(write.Db, Reader.Of(caller), uuid, ct);
        foreach (var at in await TaskStore.Vote(write.Db, [new TaskVote(task.Id, caller.UserId, value)], ct))
        {
            write.Append(new Entry(Verb.VoteTask, ObjectKind.Task, task.Id)
            {
                Actor = caller.UserId,
                Subject = task.Author,
                Value = value,
                Detail = SkillDetail.Of(task.Skill),
                At = at,
            });
        }

        var after = await TaskStore.One(write.Db, Reader.Of(caller), uuid, ct);
        return await write.Commit(Answer.Ok(new VotedView(after.View.Votes, value)));
    }

    /// <summary>By its author, by the skill's, or by a moderator.</summary>
    public async Task<Answer> Delete(HttpContext http, Guid uuid)
    {
        var ct = http.RequestAborted;
        var caller = http.Caller();
        await using var write = await writes.Begin(http);
        var task = await TaskStore.Lock(write.Db, Reader.Of(caller), uuid, ct);
        if (caller.UserId != task.Author && caller.UserId != task.SkillAuthor && !caller.IsModerator)
            throw Failure.Forbidden();
        await TaskStore.Remove(write, task, caller.UserId, ct);
        return await write.Commit(Answer.NoContent);
    }
}
