using System.Diagnostics;
using Hearth.Database;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Operations.Import;

/// <summary>How an import runs.</summary>
/// <param name="Prefix">What the names of the other community's things begin with.</param>
/// <param name="IsNews">Whether people are told of it as of what happens here; only a demonstration is.</param>
internal sealed record ImportRun(string Prefix, bool DryRun, ImportReport Report, Action<long>? Progress = null, bool IsNews = false);

/// <summary>
/// Brings the things of another community in, in the order given: each names only what came before it. Chunk by chunk, each a
/// transaction of its own: an import that was cut short goes on where it was when it is run again.
/// </summary>
internal sealed class CommunityImport : IAsyncDisposable
{
    private const int MostRows = 10_000;

    // Below it a chunk is nothing but its round trips.
    private const int FewestRows = 500;
    private const int MostText = 2_000_000;

    /// <summary>What a chunk should take; the next one is made smaller or larger. Readers of the ledger wait for a chunk at most this long.</summary>
    private static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(300);

    private readonly NpgsqlDataSource source;
    private readonly Writes writes;
    private readonly TimeProvider time;
    private readonly ImportRun run;
    private readonly OwnSession session;
    private readonly NpgsqlConnection db;
    private readonly KnownRefs known;
    private readonly ImportIntake intake;
    private int budget = 2_000;
    private long done;
    private long appended;

    private CommunityImport(NpgsqlDataSource source, Writes writes, TimeProvider time, ImportRun run, OwnSession session, KnownRefs known, ImportNames names)
    {
        this.source = source;
        this.writes = writes;
        this.time = time;
        this.run = run;
        this.session = session;
        db = session.Db;
        this.known = known;
        intake = new ImportIntake(run.Report, known, names, new ImportIds(db, run.DryRun), run.IsNews);
    }

    /// <summary>Brings everything in.</summary>
    /// <exception cref="Platform.StartFailure">Another import runs.</exception>
    public static async Task Run(
        NpgsqlDataSource source, Writes writes, TimeProvider time, ImportRun run, IAsyncEnumerable<ImportItem> items, CancellationToken ct)
    {
        await using var import = await Begin(source, writes, time, run, ct);
        await import.KeepRoom(0, ct);
        await foreach (var item in items.WithCancellation(ct))
            await import.Add(item, ct);
        await import.Flush(ct);
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private static async Task<CommunityImport> Begin(NpgsqlDataSource source, Writes writes, TimeProvider time, ImportRun run, CancellationToken ct)
    {
        var own = await OwnSession.Open(source, ct);
        try
        {
            await using var turn = new NpgsqlCommand("select pg_try_advisory_lock(22, 0)", own.Db);
            if (!(bool)(await turn.ExecuteScalarAsync(ct))!)
                throw new Platform.StartFailure("Another import runs on this database: let it end first.");
            return new CommunityImport(source, writes, time, run, own, await KnownRefs.Load(own.Db, run.Prefix, ct), await ImportNames.Load(own.Db, ct));
        }
        catch
        {
            await own.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds one thing, or says in the report why not.</summary>
    private async Task Add(ImportItem item, CancellationToken ct)
    {
        if (item.At > time.GetUtcNow().UtcDateTime.AddMinutes(5))
            run.Report.Skipped(ImportKinds.Of(item), "its time is in the future");
        else if (known.Gone.Contains(item.Ref))
            run.Report.Skipped(ImportKinds.Of(item), "it was removed here since it came");
        else
            await intake.Take(item, ct);
        run.Progress?.Invoke(++done);
        if (intake.Chunk.Weight >= budget || intake.Chunk.Length >= MostText)
            await Flush(ct);
    }

    /// <summary>Commits what was added.</summary>
    private async Task Flush(CancellationToken ct)
    {
        var full = intake.Next();
        if (full.Weight == 0)
            return;
        if (run.DryRun)
        {
            Repeated(await full.Existing(db, ct));
            return;
        }

        var began = Stopwatch.GetTimestamp();
        await using var write = await writes.Begin(ct);
        Repeated(await full.Store(write, ct));
        await write.Commit();
        var took = Stopwatch.GetElapsedTime(began);
        await KeepRoom(full.Weight, ct);
        budget = (int)Math.Clamp(full.Weight * (Aim / took), FewestRows, MostRows / 2);
    }

    /// <summary>Sees to it that the ledger has partitions for what comes: beside no server nobody else does.</summary>
    private async Task KeepRoom(int rows, CancellationToken ct)
    {
        appended += rows;
        if (rows > 0 && appended < Partitions.Size / 8)
            return;
        appended = 0;
        await new Partitions(source, time).Maintain(ct);
    }

    private void Repeated(IReadOnlyList<DeedKey> deeds)
    {
        foreach (var deed in deeds)
        {
            run.Report.Imported(ImportKinds.Of(deed.Kind), -1);
            run.Report.AlreadyThere(ImportKinds.Of(deed.Kind));
        }
    }
}
