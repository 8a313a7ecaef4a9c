using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>The writes to groups and courses.</summary>
internal sealed class CircleActions(Writes writes, CommunityCache cache, MediaLinks links)
{
    public async Task<Answer> Found(HttpContext http, Circle circle)
    {
        var caller = http.Caller();
        var body = await Body.Read<CircleWriting>(http);
        body.Check(whole: true);
        await using var write = await writes.Begin(http);
        var id = await CircleStore.Add(write.Db, circle, caller.UserId, body.Name!, body.Description ?? "");
        write.Append(circle.Entry(circle.Founded, id, caller.UserId, caller.UserId));
        write.Append(circle.Entry(circle.Joined, id, caller.UserId, caller.UserId));
        return await write.Commit(Answer.Created(await View(write, circle, id, caller, http)));
    }

    public async Task<Answer> Edit(HttpContext http, Circle circle, int id, bool whole)
    {
        var caller = http.Caller();
        var body = await Body.Read<CircleWriting>(http);
        body.Check(whole);
        await using var write = await writes.Begin(http);
        var before = await Own(write, circle, id, caller, http.RequestAborted);
        var (name, description) = (body.Name ?? before.Name, body.Description ?? before.Description);
        if (!string.Equals(name, before.Name, StringComparison.Ordinal) || !string.Equals(description, before.Description, StringComparison.Ordinal))
        {
            await CircleStore.Edit(write.Db, circle, id, name, description);
            write.Append(circle.Entry(circle.Edited, id, caller.UserId, before.Owner));
        }

        return await write.Commit(Answer.Ok(await View(write, circle, id, caller, http)));
    }

    public async Task<Answer> Delete(HttpContext http, Circle circle, int id)
    {
        var caller = http.Caller();
        await using var write = await writes.Begin(http);
        var before = await Own(write, circle, id, caller, http.RequestAborted);
        await CircleStore.Delete(write.Db, circle, id);
        write.Append(circle.Entry(circle.Deleted, id, caller.UserId, before.Owner));
        var answer = await write.Commit(Answer.NoContent);
        cache.Freed(new ListKey(circle.List, id));
        return answer;
    }

    public async Task<Answer> Join(HttpContext http, Circle circle, int id, bool joins)
    {
        var caller = http.Caller();
        await using var write = await writes.Begin(http);
        var (owner, _, _) = await CircleStore.Lock(write.Db, circle, id, http.RequestAborted) ?? throw Failure.NotFound();
        var changed = joins
            ? await CircleStore.Join(write.Db, circle, id, caller.UserId)
            : await CircleStore.Leave(write.Db, circle, id, caller.UserId);
        if (changed)
            write.Append(circle.Entry(joins ? circle.Joined : circle.Left, id, caller.UserId, owner));
        return await write.Commit(Answer.Ok(await View(write, circle, id, caller, http)));
    }

    private async Task<CircleView> View(Write write, Circle circle, int id, Caller caller, HttpContext http) =>
        await CircleStore.One(write.Db, circle, id, caller.UserId, links, http.RequestAborted) ?? throw Failure.NotFound();

    private static async Task<(long Owner, string Name, string Description)> Own(
        Write write, Circle circle, int id, Caller caller, CancellationToken ct)
    {
        var found = await CircleStore.Lock(write.Db, circle, id, ct) ?? throw Failure.NotFound();
        return found.Owner == caller.UserId || caller.IsAdmin ? found : throw Failure.Forbidden();
    }
}
