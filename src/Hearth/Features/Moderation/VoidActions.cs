using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Moderation;

/// <summary>Voids and restores for moderators. A crash in between leaves whole chunks; the same call again does the rest.</summary>
internal static class VoidActions
{
    private const int MostIds = 10_000;

    public static async Task<Answer> Make(HttpContext http, Voids voids, Writes writes, NewVoid wanted)
    {
        var ct = http.RequestAborted;
        if (string.IsNullOrWhiteSpace(wanted.Reason) || wanted.Reason.Length > 500)
            throw Failure.Invalid("reason", "A reason of at most 500 characters is required.");
        if (wanted.User is null == wanted.LedgerIds is null)
            throw Failure.Invalid("user", "Name a user or ledger_ids, one of the two.");
        if (wanted.LedgerIds is { Count: 0 or > MostIds })
            throw Failure.Invalid("ledger_ids", $"1 to {MostIds} ids.");
        if (wanted.From >= wanted.To)
            throw Failure.Invalid("to", "Must be after from.");
        var request = new VoidRequest(http.Caller().UserId, wanted.Reason.Trim())
        {
            User = wanted.User is { } user ? await Person(http, user) : null,
            Rows = wanted.LedgerIds,
            From = wanted.From?.UtcDateTime,
            To = wanted.To?.UtcDateTime,
        };
        if (!wanted.Confirm && await voids.Count(request, ct) > Voids.Unconfirmed)
            throw Failure.Invalid("confirm", $"More than {Voids.Unconfirmed} rows: confirm it.");
        // Whoever asked may hang up: the void is made, and a repeat with the same key hears of it.
        http.RequestAborted = CancellationToken.None;
        var (id, rows, _) = await voids.Make(request, CancellationToken.None);
        // The key is kept behind the void, whose chunks are transactions of their own: what a crash left the same call does, with a key or without.
        await using var write = await writes.Begin(http);
        return await write.Commit(Answer.Created(new VoidView(id, rows)));
    }

    public static async Task<Answer> Restore(HttpContext http, Voids voids, NpgsqlDataSource source, long id)
    {
        await using (var db = await source.OpenConnectionAsync(http.RequestAborted))
        {
            if (!(await StatsReads.MayRestore(db, id) ?? throw Failure.NotFound()))
                throw Failure.Conflict("What a person who left took along does not come back.");
        }

        var (rows, position) = await voids.Restore(id, http.Caller().UserId, CancellationToken.None);
        if (position > 0)
            http.Response.Headers[Position.Header] = Position.Format(position);
        return Answer.Ok(new VoidView(id, rows));
    }

    private static async Task<long> Person(HttpContext http, PersonId user)
    {
        await using var db = await http.RequestServices.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(http.RequestAborted);
        return await user.Find(db, http.RequestAborted);
    }
}
