using System.Globalization;
using Hearth.Jobs;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Accounts;

/// <summary>
/// Does what is left of an erasure, chunk by chunk, each in a transaction of its own that notes it. Doing it again, after a crash or by two
/// at once, does what is left and nothing twice.
/// </summary>
internal sealed class ErasureRuns(NpgsqlDataSource source, Writes writes, Voids voids, IEnumerable<IPersonal> features)
{
    private const int MostTries = 5;

    /// <summary>What counts for others and has no taking back of its own, by the verbs of its rows: likes, views, shares, downloads, ratings, votes, interactions.</summary>
    private static readonly short[] Counted =
    [
        (short)Verb.LikePost, (short)Verb.LikeComment, (short)Verb.ChangeReaction, (short)Verb.ViewPost, (short)Verb.SharePost, (short)Verb.LikeSkill,
        (short)Verb.DownloadSkill, (short)Verb.RateSkill, (short)Verb.ViewSkill, (short)Verb.VoteTask,
        (short)Verb.ViewContent, (short)Verb.LikeContent, (short)Verb.DislikeContent, (short)Verb.SaveContent, (short)Verb.ShareContent, (short)Verb.SkipContent,
        (short)Verb.PlayContent, (short)Verb.CompleteContent, (short)Verb.RateContent,
    ];

    private readonly List<ErasureStep> steps = [.. features.SelectMany(feature => feature.Erasure)];

    public async Task Run(Erasure erasure, CancellationToken ct)
    {
        await Steps(erasure, ct);
        if (erasure.Removes)
        {
            await Void(erasure, ct);
            // What a void leaves, such as the words of a rating.
            await Steps(erasure, ct);
        }

        await using var db = await source.OpenConnectionAsync(ct);
        await ErasureStore.Finish(db, erasure.Id, ct);
    }

    private async Task Steps(Erasure erasure, CancellationToken ct)
    {
        foreach (var step in steps.Where(step => erasure.Removes || !step.OnlyRemoving))
        {
            for (var tries = 1; ;)
            {
                try
                {
                    if (!await Chunk(erasure, step, ct))
                        break;
                    tries = 1;
                }
                catch (PostgresException e) when (e.IsTransient && tries++ < MostTries)
                {
                    // Two that waited for each other; the chunk is as if it had not begun.
                }
            }
        }
    }

    private async Task<bool> Chunk(Erasure erasure, ErasureStep step, CancellationToken ct)
    {
        await using var write = await writes.Begin(ct);
        await ErasureStore.Lock(write.Db, erasure.Id, ct);
        var done = await step.Run(write, erasure.User, ct);
        if (done.Rows == 0)
            return false;
        await ErasureStore.Note(write.Db, erasure.Id, step.Table, step.Done, done.Rows, ct);
        await write.Commit();
        done.Afterwards?.Invoke();
        return true;
    }

    private async Task Void(Erasure erasure, CancellationToken ct)
    {
        var request = new VoidRequest(erasure.User, "The account was erased.") { User = erasure.User, Verbs = Counted, IsFinal = true };
        if (await voids.Count(request, ct) == 0)
            return;
        var (_, rows, _) = await voids.Make(request, ct);
        await using var db = await source.OpenConnectionAsync(ct);
        await ErasureStore.Note(db, erasure.Id, "ledger", "rows of reactions, views and other marks voided, by rows added", rows, ct);
    }
}

/// <summary>Ends erasures that a crash cut short, and looks once more for what was under way while one ran.</summary>
internal sealed class ErasureJob(NpgsqlDataSource source, ErasureRuns runs) : ScheduledJob
{
    public override string Name => "erasures";

    public override TimeSpan Period => TimeSpan.FromMinutes(5);

    public override async Task<string> Run(CancellationToken ct)
    {
        List<Erasure> open;
        await using (var db = await source.OpenConnectionAsync(ct))
            open = await ErasureStore.Open(db, ct);
        foreach (var erasure in open)
        {
            await runs.Run(erasure, ct);
            if (erasure.FinishedAt is null)
                continue;
            await using var db = await source.OpenConnectionAsync(ct);
            await ErasureStore.Swept(db, erasure.Id, ct);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{open.Count} erasures");
    }
}
