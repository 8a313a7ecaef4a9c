using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Follows;

/// <summary>The writes. Each may be repeated: a row of the ledger is written only by the one that changed something.</summary>
internal sealed class FollowActions(Writes writes)
{
    /// <summary>What an unfollow says that a block brought about, not the follower.</summary>
    public const string ByBlock = """{"block":true}""";

    public async Task<Answer> Follow(HttpContext http, PersonId person)
    {
        var ct = http.RequestAborted;
        var me = http.Caller().UserId;
        await using var write = await writes.Begin(http);
        var other = await Other(write, me, person, "You cannot follow yourself.", ct);
        if (await FollowStore.AreApart(write.Db, me, other, ct))
            throw Failure.Forbidden("You cannot follow this person.");
        if ((await FollowStore.Set(write.Db, [new Tie(me, other, true)], ct)).Count > 0)
            write.Append(new Entry(Verb.Follow, ObjectKind.User, other) { Actor = me, Subject = other });
        return await write.Commit(Answer.Created(new FollowView(true)));
    }

    public async Task<Answer> Unfollow(HttpContext http, PersonId person)
    {
        var ct = http.RequestAborted;
        var me = http.Caller().UserId;
        await using var write = await writes.Begin(http);
        var other = await Other(write, me, person, "You cannot follow yourself.", ct);
        if ((await FollowStore.Set(write.Db, [new Tie(me, other, false)], ct)).Count > 0)
            write.Append(new Entry(Verb.Unfollow, ObjectKind.User, other) { Actor = me, Subject = other });
        return await write.Commit(Answer.NoContent);
    }

    public async Task<Answer> Block(HttpContext http, PersonId person)
    {
        var ct = http.RequestAborted;
        var me = http.Caller().UserId;
        await using var write = await writes.Begin(http);
        var other = await Other(write, me, person, "You cannot block yourself.", ct);
        if (await FollowStore.Block(write.Db, me, other, ct))
        {
            write.Append(new Entry(Verb.Block, ObjectKind.User, other) { Actor = me, Subject = other });
            foreach (var tie in await FollowStore.Set(write.Db, [new Tie(me, other, false), new Tie(other, me, false)], ct))
                write.Append(new Entry(Verb.Unfollow, ObjectKind.User, tie.Followed) { Actor = tie.Follower, Subject = tie.Followed, Detail = ByBlock });
        }

        return await write.Commit(Answer.Created(new BlockView(true)));
    }

    public async Task<Answer> Unblock(HttpContext http, PersonId person)
    {
        var ct = http.RequestAborted;
        var me = http.Caller().UserId;
        await using var write = await writes.Begin(http);
        var other = await Other(write, me, person, "You cannot block yourself.", ct);
        if (await FollowStore.Unblock(write.Db, me, other, ct))
            write.Append(new Entry(Verb.Unblock, ObjectKind.User, other) { Actor = me, Subject = other });
        return await write.Commit(Answer.NoContent);
    }

    /// <summary>Finds the other person, who is not oneself, and takes the turn of the two.</summary>
    private static async Task<long> Other(Write write, long me, PersonId person, string ifMyself, CancellationToken ct)
    {
        var other = await person.Find(write.Db, ct);
        if (other == me)
            throw Failure.Invalid("user_id", ifMyself);
        await FollowStore.Lock(write.Db, [(me, other)], ct);
        return other;
    }
}
