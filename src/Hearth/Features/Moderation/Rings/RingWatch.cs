using System.Globalization;
using Hearth.Jobs;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Moderation.Rings;

/// <summary>Looks for rings, and reports each once: a moderator decides what it is. Nothing is done to anybody by this alone.</summary>
internal sealed class RingWatch(NpgsqlDataSource source, Writes writes, RingDecisions decisions, TimeProvider time) : ScheduledJob
{
    public const string Source = "automatic";

    /// <summary>As bad as harassment: it makes figures lie, but nobody is hurt while it waits.</summary>
    private const int Severity = 3;

    public override string Name => "reaction_rings";

    public override TimeSpan Period => TimeSpan.FromHours(6);

    public override async Task<string> Run(CancellationToken ct)
    {
        await decisions.SettleAll(ct);
        var found = await Look(ct);
        var told = 0;
        foreach (var ring in found)
            told += await Tell(ring, ct) ? 1 : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{found.Count} rings, {told} of them new");
    }

    private async Task<List<RingFound>> Look(CancellationToken ct)
    {
        var until = time.GetUtcNow().UtcDateTime;
        var since = until.AddDays(-RingMeasure.Days);
        var found = new List<RingFound>();
        await using var db = await source.OpenConnectionAsync(ct);
        var (ties, given, all) = await RingReads.Ties(db, since, ct);
        foreach (var people in RingGraph.Candidates(ties, given))
        {
            if (await RingReads.Judge(db, people, since, until, all, ct) is { } ring)
                found.Add(ring);
        }

        return found;
    }

    /// <returns>Whether it is a new report.</returns>
    private async Task<bool> Tell(RingFound ring, CancellationToken ct)
    {
        await using var write = await writes.Begin(ct);
        // A run that a lost lock let overlap with another waits for it here.
        await ReportStore.Lock(write.Db, ObjectKind.Ring, 0);
        var known = await RingStore.Find(write.Db, [.. ring.Members.Select(one => one.UserId)]);
        // What is void counts no more: a ring that is found all the same went on.
        if (known is { IsOpen: false, IsVoided: false } && !RingMeasure.HasGrown(known.Members, known.Inside, ring.Members.Count, ring.Figures.Inside))
            return false;
        if (known is not null)
            await ReportStore.Lock(write.Db, ObjectKind.Ring, known.Id);
        var (id, uuid) = known is null ? await RingStore.Add(write.Db, ring) : (known.Id, known.Uuid);
        if (known is not null)
            await RingStore.Change(write.Db, id, ring, again: !known.IsOpen);
        await RingStore.SetMembers(write.Db, id, ring.Members);
        var about = new ModeratedObject(id, uuid.ToString(), 0, "", false);
        var isNew = known is not { IsOpen: true }
            && await ReportStore.Add(write.Db, ObjectKind.Ring, about, null, Source, Vocabulary.RingReason, Words(ring), Severity, hid: false);
        if (isNew)
            write.Append(new Entry(Verb.Report, ObjectKind.Ring, id) { Value = Severity });
        await ReportStore.Rank(write.Db, ObjectKind.Ring, id);
        await write.Commit();
        return isNew;
    }

    private static string Words(RingFound ring) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ring.Members.Count} people gave each other {ring.Figures.Inside} of their {ring.Figures.Given} reactions in {RingMeasure.Days} days; by what everybody else likes it would be {100 * ring.Figures.Expected:0.#} %.");
}
