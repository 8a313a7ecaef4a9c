using System.Text.Json;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Notifications.Reading;

/// <summary>
/// What a reader does with notifications. The rows it writes to the ledger tell the reader's other tabs, on whichever node; what is read
/// lies in the reader's own tables, which no rebuild touches.
/// </summary>
internal sealed class MarkActions(Writes writes)
{
    private const int MostNamed = 200;

    public async Task<Answer> MarkRead(HttpContext http, IReadOnlyList<NotificationId> ids)
    {
        var me = http.Caller().UserId;
        await using var write = await writes.Begin(http);
        var marked = await Read(write, me, [.. ids.Select(id => id.For(me)).OfType<long>()], http.RequestAborted);
        return await write.Commit(Answer.Ok(new MarkedRead(marked, "success")));
    }

    public async Task<Answer> ReadOne(HttpContext http, NotificationId id)
    {
        var ct = http.RequestAborted;
        var me = http.Caller().UserId;
        await using var write = await writes.Begin(http);
        if (id.For(me) is not { } number || await NotificationReads.One(write.Db, me, number, ct) is not { Gone: false } one)
            throw Failure.NotFound();
        await Read(write, me, [one.Id], ct);
        return await write.Commit(Answer.Ok(NotificationItem.Of(one with { Read = true })));
    }

    public async Task<Answer> ReadAll(HttpContext http)
    {
        var ct = http.RequestAborted;
        var me = http.Caller().UserId;
        await using var write = await writes.Begin(http);
        await MarkStore.Lock(write.Db, me, ct);
        var (last, unread) = await MarkStore.Standing(write.Db, me, ct);
        if (unread > 0)
        {
            await MarkStore.ReadUpTo(write.Db, me, last, ct);
            write.Append(Row(Verb.ReadNotifications, me, 0) with { Value = (int)unread });
        }

        return await write.Commit(Answer.Ok(new AllRead((int)unread, await NotificationReads.UnreadCount(write.Db, me, ct))));
    }

    public async Task<Answer> Delete(HttpContext http, NotificationId id)
    {
        var ct = http.RequestAborted;
        var me = http.Caller().UserId;
        await using var write = await writes.Begin(http);
        await MarkStore.Lock(write.Db, me, ct);
        if (id.For(me) is not { } number || await NotificationReads.One(write.Db, me, number, ct) is not { } one || !await MarkStore.Delete(write.Db, me, one.Id, ct))
            throw Failure.NotFound();
        write.Append(Row(Verb.DeleteNotification, me, one.Id));
        return await write.Commit(Answer.NoContent);
    }

    private static async Task<int> Read(Write write, long me, long[] ids, CancellationToken ct)
    {
        await MarkStore.Lock(write.Db, me, ct);
        var marked = await MarkStore.Read(write.Db, me, ids, ct);
        if (marked.Count == 0)
            return 0;
        // Nobody's marks grow for ever: when nothing is left unread, one number says it all.
        if (await MarkStore.Standing(write.Db, me, ct) is { Unread: 0 } standing)
            await MarkStore.ReadUpTo(write.Db, me, standing.Last, ct);
        write.Append(Row(Verb.ReadNotifications, me, marked.Count == 1 ? marked[0] : 0) with
        {
            Value = marked.Count,
            Detail = marked.Count is > 1 and <= MostNamed ? JsonSerializer.Serialize(new NamedNotifications(marked), NotificationsJson.Default.NamedNotifications) : null,
        });
        return marked.Count;
    }

    private static Entry Row(Verb verb, long me, long id) => new(verb, ObjectKind.Notification, id) { Actor = me, Subject = me };
}

/// <summary>What a row about several notifications says.</summary>
internal sealed record NamedNotifications(IReadOnlyList<long> Ids);
