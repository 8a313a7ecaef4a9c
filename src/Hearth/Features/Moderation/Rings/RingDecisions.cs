using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Moderation.Rings;

/// <summary>
/// What a moderator decides about a ring. Accounts are suspended in the decision's transaction; reactions are voided and restored after it, in
/// chunks: what a crash leaves undone the job <see cref="RingWatch"/> does.
/// </summary>
internal sealed class RingDecisions(NpgsqlDataSource source, Voids voids, Content content)
{
    // Likes of posts, comments and skills, their ends, and changes between kinds of them.
    private static readonly short[] Reactions =
    [
        (short)Verb.LikePost, (short)Verb.UnlikePost, (short)Verb.LikeComment, (short)Verb.UnlikeComment, (short)Verb.ChangeReaction, (short)Verb.LikeSkill,
        (short)Verb.UnlikeSkill,
    ];

    /// <summary>Does what the decision says, and appends a row for each member.</summary>
    public async Task Do(Write write, ReportRow report, string action, Caller caller, CancellationToken ct)
    {
        switch (action)
        {
            case "dismiss":
                await TakeBack(write, report, caller, ct);
                break;
            case "warn":
                break;
            case "void" or "suspend":
                await Void(write, report, caller, ct);
                break;
            default:
                throw Failure.Invalid("action", $"A ring cannot be the object of \"{action}\".");
        }

        if (action == "suspend")
            await Suspend(write, report, caller, ct);
    }

    /// <summary>Brings the ledger to what was decided.</summary>
    /// <returns>The position after which all is followed; 0 where nothing was to be done.</returns>
    public async Task<long> Settle(long ring, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var turn = await db.BeginTransactionAsync(ct);
        // Held meanwhile: a restoring must not overtake a void that is being filled.
        var row = await RingStore.Lock(db, ring);
        if (row is not { Settled: false, VoidId: { } id })
            return 0;
        var by = await RingStore.Judge(db, ring);
        var (_, position) = row.Voided
            ? await voids.Fill(id, Request(by) with { Among = await RingStore.Members(db, ring), From = row.Since, To = row.VoidUntil, Verbs = Reactions }, ct)
            : await voids.Restore(id, by, ct);
        await RingStore.Settled(db, ring);
        await turn.CommitAsync(CancellationToken.None);
        return position;
    }

    /// <summary>Ends what a crash cut short.</summary>
    public async Task SettleAll(CancellationToken ct)
    {
        long[] rings;
        await using (var db = await source.OpenConnectionAsync(ct))
            rings = await RingStore.Unsettled(db);
        foreach (var ring in rings)
            await Settle(ring, ct);
    }

    private static VoidRequest Request(long by) => new(by, "A ring that reacts to each other.");

    private static async Task Void(Write write, ReportRow report, Caller caller, CancellationToken ct)
    {
        var ring = await RingStore.Lock(write.Db, report.ObjectId);
        // An appeal that fails leaves what it was about.
        if (report.Status == "appealed" && ring.Voided)
            return;
        await RingStore.Void(write.Db, ring.Id, await Voids.Open(write.Db, Request(caller.UserId), ct), voided: true);
    }

    private async Task Suspend(Write write, ReportRow report, Caller caller, CancellationToken ct)
    {
        // Who is suspended for something else stays so, whatever becomes of this.
        foreach (var member in await RingStore.ActiveMembers(write.Db, report.ObjectId))
        {
            await content.Of(ObjectKind.User).Hide(write, ObjectKind.User, member, true, caller.UserId, ct);
            await RingStore.Suspended(write.Db, report.ObjectId, member, true);
        }
    }

    private async Task TakeBack(Write write, ReportRow report, Caller caller, CancellationToken ct)
    {
        if (await RingStore.Lock(write.Db, report.ObjectId) is { Voided: true })
            await RingStore.Void(write.Db, report.ObjectId, null, voided: false);
        foreach (var member in await RingStore.AllSuspended(write.Db, report.ObjectId))
        {
            await content.Of(ObjectKind.User).Hide(write, ObjectKind.User, member, false, caller.UserId, ct);
            await RingStore.Suspended(write.Db, report.ObjectId, member, false);
        }
    }
}
