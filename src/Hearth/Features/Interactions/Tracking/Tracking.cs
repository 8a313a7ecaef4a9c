using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>Writes interactions: single ones of many requests together, and batches as they come.</summary>
internal sealed class Tracking : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly Writes writes;
    private readonly Catalogue catalogue;
    private readonly TimeProvider time;
    private readonly BatchWriter<Tracked, TrackedRow> writer;

    public Tracking(NpgsqlDataSource source, LedgerSignal signal, Writes writes, Catalogue catalogue, TimeProvider time)
    {
        this.source = source;
        this.writes = writes;
        this.catalogue = catalogue;
        this.time = time;
        writer = new BatchWriter<Tracked, TrackedRow>("interactions", source, signal, 2, TrackStore.Flush);
    }

    public async Task<Answer> Track(HttpContext http, TrackRequest request)
    {
        var type = TrackRules.Check(request, time.GetUtcNow());
        var caller = http.Caller();
        long user;
        if (Names(caller, request.UserId))
            user = caller.UserId;
        else if (MayForOthers(caller))
            user = await Someone(request.UserId, http.RequestAborted);
        else
            throw Failure.Forbidden("userId must be your own.");
        var content = await catalogue.Find(request.ContentId.Text, http.RequestAborted) ?? throw Failure.NotFound("contentId names no content.");
        var (_, answer) = await writes.Batched(http, writer, Tracked.From(user, content, type, request), row => Written(request.ContentId.Text, row));
        return answer;
    }

    /// <summary>Writes those of a batch that may be, in one transaction; the others are told of by their places.</summary>
    public async Task<Answer> Track(HttpContext http, IReadOnlyList<Try<TrackRequest>> requests)
    {
        var caller = http.Caller();
        var now = time.GetUtcNow();
        var contents = await catalogue.Find([.. requests.Where(one => one.Failure is null).Select(one => one.Value!.ContentId.Text).Distinct(StringComparer.Ordinal)], http.RequestAborted);
        var people = await People(caller, requests, http.RequestAborted);
        var items = new List<Tracked>(requests.Count);
        var rejected = new List<RejectedInteraction>();
        for (var i = 0; i < requests.Count; i++)
        {
            try
            {
                var request = requests[i].Failure is { } wrong ? throw wrong : requests[i].Value!;
                var type = TrackRules.Check(request, now);
                var user = Names(caller, request.UserId) ? caller.UserId
                    : !MayForOthers(caller) ? throw Failure.Forbidden("userId must be your own.")
                    : people.TryGetValue(request.UserId, out var other) ? other : throw Failure.NotFound("userId names nobody.");
                var content = contents.TryGetValue(request.ContentId.Text, out var known) ? known : throw Failure.NotFound("contentId names no content.");
                items.Add(Tracked.From(user, content, type, request));
            }
            catch (Failure failure)
            {
                rejected.Add(new RejectedInteraction(i, Words(failure)));
            }
        }

        await using var write = await writes.Begin(http);
        if (items.Count > 0)
            write.Appended(await TrackStore.Write(write.Db, items, http.RequestAborted));
        return await write.Commit(Answer.Ok(new BatchTracked(items.Count, rejected)));
    }

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private static Answer Written(string contentId, TrackedRow row) =>
        row.IsNew ? Answer.Created(row.View(contentId)) : Answer.Ok(row.View(contentId));

    private static bool Names(Caller caller, PersonId person) =>
        caller.ServiceToken is null && (person.Number == caller.UserId || person.Uuid == caller.Uuid);

    private static bool MayForOthers(Caller caller) => caller.IsAdmin || caller.ServiceToken is not null;

    private static string Words(Failure failure) =>
        failure.Fields?.First() is { } field && !failure.Message.Contains(field.Key, StringComparison.Ordinal) ? $"{field.Key}: {failure.Message}" : failure.Message;

    private async Task<long> Someone(PersonId person, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return (await TrackStore.People(db, [person], ct)).TryGetValue(person, out var user) ? user : throw Failure.NotFound("userId names nobody.");
    }

    private async Task<Dictionary<PersonId, long>> People(Caller caller, IReadOnlyList<Try<TrackRequest>> requests, CancellationToken ct)
    {
        if (!MayForOthers(caller))
            return [];
        var asked = requests.Where(one => one.Failure is null).Select(one => one.Value!.UserId).Distinct().ToList();
        await using var db = await source.OpenConnectionAsync(ct);
        return await TrackStore.People(db, asked, ct);
    }
}

/// <summary>An item of a batch that was read, or why it could not be.</summary>
internal readonly record struct Try<T>(T? Value, Failure? Failure);
