using System.Collections.Frozen;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Notifications.Making;

/// <summary>What a batch of rows did: what is new, and which folds look otherwise now.</summary>
internal sealed class Changes
{
    public List<Placed> Added { get; } = [];

    public HashSet<(long User, long Fold)> Touched { get; } = [];
}

/// <summary>
/// Makes the notifications of everybody from the ledger. What a reader does with them (reading, removing) and how far they were sent
/// lie in other tables: these two hold what follows from the ledger, and can be made again at any time.
/// </summary>
internal sealed class NotificationsProjection(Announcer announcer) : Projection
{
    private static readonly FrozenSet<Verb> Plain = new[]
    {
        Verb.LikePost, Verb.UnlikePost, Verb.LikeComment, Verb.UnlikeComment, Verb.CommentPost, Verb.ReplyComment, Verb.MentionUser, Verb.UnmentionUser,
        Verb.CreatePost, Verb.Follow, Verb.Unfollow, Verb.AwardBadge, Verb.JoinGroup, Verb.FoundGroup, Verb.LeaveGroup, Verb.Block, Verb.Unblock,
        Verb.MuteNotifications, Verb.LikeSkill, Verb.UnlikeSkill, Verb.CommentSkill, Verb.ReplySkillComment, Verb.RateSkill, Verb.DownloadSkill,
        Verb.MentionInSkill, Verb.UnmentionInSkill, Verb.VoteTask, Verb.DecideReport,
    }.ToFrozenSet();

    public override string Name => "notifications";

    public override IReadOnlyList<string> Tables => ["notifications", "notification_ties"];

    public override IReadOnlyList<string> Lookups { get; } = ["notifications_folds", "notifications_object"];

    public override bool ReadsWidely(LedgerRow row) => !Plain.Contains(row.Verb) && (Voiding.Concerns(row) || Removing.Concerns(row));

    public override Task Apply(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, CancellationToken ct) => Change(db, rows, ct);

    public override async Task<Action?> Live(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, CancellationToken ct) =>
        await announcer.Announce(db, await Change(db, rows, ct), ct);

    /// <summary>
    /// Plain rows go in one step, however many there are: their order is in their ids. What removes, hides or voids goes
    /// one after the other, between what was before it and what comes after.
    /// </summary>
    private static async Task<Changes> Change(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, CancellationToken ct)
    {
        var changes = new Changes();
        var plain = new List<LedgerRow>();
        for (var at = 0; at < rows.Count; at++)
        {
            var row = rows[at];
            if (Plain.Contains(row.Verb))
            {
                plain.Add(row);
            }
            else if (Voiding.Concerns(row))
            {
                await Add(db, plain, changes, ct);
                var run = Voiding.Run(rows, at);
                await Voiding.Apply(db, run, row.Verb == Verb.Void, changes, ct);
                at += run.Count - 1;
            }
            else if (row.Verb == Verb.EraseAccount)
            {
                await Add(db, plain, changes, ct);
                await TieStore.Forget(db, row.ObjectId, row.Id, ct);
            }
            else if (Removing.Concerns(row))
            {
                await Add(db, plain, changes, ct);
                await Removing.Apply(db, row, changes, ct);
            }
        }

        await Add(db, plain, changes, ct);
        return changes;
    }

    private static async Task Add(NpgsqlConnection db, List<LedgerRow> rows, Changes changes, CancellationToken ct)
    {
        if (rows.Count == 0)
            return;
        var ties = await Ties.Load(db, rows, ct);
        var causes = new List<(Cause, bool)>();
        var taken = new List<TakeBack>();
        foreach (var row in rows)
        {
            if (Ties.Of(row) is { } tie)
                ties.Follow(tie);
            if (Causes.TakesBack(row) is { } back)
                taken.Add(back);
            foreach (var cause in Causes.Of(row).Concat(News(row, ties)))
            {
                if (ties.Admits(cause))
                    causes.Add((cause, ties.IsMuted(cause)));
            }
        }

        rows.Clear();
        await ties.Save(db, ct);
        await Write(db, causes, taken, changes, ct);
    }

    private static IEnumerable<Cause> News(LedgerRow row, Ties ties)
    {
        if (!Causes.IsGroupNews(row))
            return [];
        return ties.MembersOf(row.Group!.Value).Where(member => member != row.Actor).Select(member => Causes.New(row, member, NotificationType.GroupUpdate));
    }

    private static async Task Write(NpgsqlConnection db, List<(Cause, bool)> causes, List<TakeBack> taken, Changes changes, CancellationToken ct)
    {
        var show = new HashSet<(long, long)>();
        if (causes.Count > 0)
        {
            var placed = await Folding.Place(db, causes, ct);
            var growths = await Growth.Of(db, placed, ct);
            await FoldStore.Add(db, placed, ct);
            await FoldStore.Grow(db, growths, ct);
            changes.Added.AddRange(placed);
            foreach (var one in placed)
                changes.Touched.Add((one.Cause.User, one.Fold));
        }

        if (taken.Count > 0)
            show.UnionWith(await FoldStore.TakeBack(db, taken, ct));
        changes.Touched.UnionWith(show);
        await FoldStore.Show(db, show, ct);
    }
}
