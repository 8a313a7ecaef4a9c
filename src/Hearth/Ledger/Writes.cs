using System.Text.Json;
using Hearth.Platform;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Ledger;

/// <summary>Opens the transactions in which features write their state and its ledger entries together.</summary>
internal sealed class Writes(NpgsqlDataSource source, LedgerSignal signal)
{
    /// <summary>
    /// A transaction for a request. With an Idempotency-Key it answers what a first try answered (by throwing
    /// <see cref="Repeated"/>, which the middleware writes), 409 while one is in flight, 422 for another body.
    /// </summary>
    public async Task<Write> Begin(HttpContext http)
    {
        var write = await Open(http, http.RequestAborted);
        if (http.Features.Get<IdempotencyKey>() is not { } key)
            return write;
        try
        {
            await Idempotency.Claim(write.Db, key, http.RequestAborted);
            return write;
        }
        catch
        {
            await write.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// A request's item among those of many requests; with an Idempotency-Key alone, in a transaction that keeps the answer.
    /// Sets <c>Ledger-Position</c>.
    /// </summary>
    public async Task<(TResult Result, Answer Answer)> Batched<TItem, TResult>(
        HttpContext http, BatchWriter<TItem, TResult> writer, TItem item, Func<TResult, Answer> answer)
    {
        if (http.Features.Get<IdempotencyKey>() is not null)
        {
            await using var write = await Begin(http);
            var (one, appended) = await writer.WriteIn(write.Db, item, http.RequestAborted);
            write.Appended(appended);
            return (one, await write.Commit(answer(one)));
        }

        var (result, position) = await writer.Add(item, http.RequestAborted);
        await Positioned(http, position);
        return (result, answer(result));
    }

    /// <summary>Tells the caller the position of a write that is committed; 0 for one that changed nothing.</summary>
    public async Task Positioned(HttpContext http, long position)
    {
        if (position == 0)
        {
            // What the caller sees as done may be another's write of this moment.
            await using var db = await source.OpenConnectionAsync(http.RequestAborted);
            position = await LedgerStore.Head(db, http.RequestAborted);
        }

        http.Response.Headers[Position.Header] = Position.Format(position);
    }

    /// <summary>A transaction for a job, an import or a test.</summary>
    public Task<Write> Begin(CancellationToken ct = default) => Open(null, ct);

    private async Task<Write> Open(HttpContext? http, CancellationToken ct)
    {
        var db = await source.OpenConnectionAsync(ct);
        try
        {
            return new Write(db, await db.BeginTransactionAsync(ct), http, signal);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}

/// <summary>
/// One write: state rows by <see cref="Db"/>, entries by <see cref="Append"/>, then <see cref="Commit(Answer)"/>.
/// Entries go last, in one statement before the commit: no pause of ours sits between append and commit. Dispose rolls back what was not committed.
/// </summary>
internal sealed class Write(NpgsqlConnection db, NpgsqlTransaction transaction, HttpContext? http, LedgerSignal signal) : IAsyncDisposable
{
    private readonly List<Entry> entries = [];
    private long appended;

    public NpgsqlConnection Db => db;

    public NpgsqlTransaction Transaction => transaction;

    public void Append(Entry entry) => entries.Add(entry);

    /// <summary>A statement of the feature's own appended rows; their greatest id, or 0.</summary>
    public void Appended(long position) => appended = Math.Max(appended, position);

    /// <summary>Commits, keeps the answer for a repeat, tells the tail, and sets <c>Ledger-Position</c>.</summary>
    public async Task<Answer> Commit(Answer answer)
    {
        if (http?.Features.Get<IdempotencyKey>() is { } key)
            await Idempotency.Keep(db, key, answer);
        await Commit();
        return answer;
    }

    /// <returns>The position after which a reader sees everything that follows from this write.</returns>
    public async Task<long> Commit()
    {
        var written = entries.Count > 0 ? Math.Max(appended, await LedgerStore.AppendAndCommit(db, entries)) : appended;
        // Nothing changed: what the caller sees as done may be another's write of this moment.
        var position = written == 0 && http is not null ? await LedgerStore.Head(db) : written;
        // The answer must not depend on the client's patience once the state is written.
        if (entries.Count == 0)
            await transaction.CommitAsync(CancellationToken.None);
        http?.Response.Headers[Position.Header] = Position.Format(position);
        if (written > 0)
            signal.Raise(written);
        return position;
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await db.DisposeAsync();
    }
}

/// <summary>The statements behind Idempotency-Key.</summary>
internal static class Idempotency
{
    private const string FindSql =
        """
        -- idempotency.find
        select body_hash, status, coalesce(headers::text, '{}'), body from idempotency_keys
         where caller = $1 and route = $2 and key = $3 and created_at > now() - interval '24 hours'
        """;

    private const string KeepSql =
        """
        -- idempotency.keep
        insert into idempotency_keys (caller, route, key, body_hash, status, headers, body) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (caller, route, key) do update
           set body_hash = excluded.body_hash, status = excluded.status, headers = excluded.headers, body = excluded.body, created_at = now()
        """;

    /// <summary>Takes the key for this transaction, or fails: 409 in flight, 422 with another body; throws <see cref="Repeated"/>.</summary>
    public static async Task Claim(NpgsqlConnection db, IdempotencyKey key, CancellationToken ct)
    {
        await using var claim = new NpgsqlCommand("select pg_try_advisory_xact_lock(7, hashtext($1))", db)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = $"{key.Caller}\n{key.Route}\n{key.Key}" } },
        };
        if (!(bool)(await claim.ExecuteScalarAsync(ct))!)
            throw Failure.Conflict("A request with this Idempotency-Key is still in progress.");
        await Find(db, key, ct);
    }

    /// <summary>Throws <see cref="Repeated"/> when the key was used with this body, 422 when with another.</summary>
    public static async Task Find(NpgsqlConnection db, IdempotencyKey key, CancellationToken ct)
    {
        await using var find = new NpgsqlCommand(FindSql, db);
        Scope(find.Parameters, key);
        await using var reader = await find.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return;
        if (!reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(key.BodyHash))
            throw new Failure(FailureKind.Unprocessable, "This Idempotency-Key was used with a different request.");
        var headers = JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(2))!;
        throw new Repeated(
            new Answer(reader.GetInt16(1), reader.GetFieldValue<byte[]>(3))
            {
                ContentType = headers.GetValueOrDefault("Content-Type", "application/json; charset=utf-8"),
                Location = headers.GetValueOrDefault("Location"),
            },
            headers);
    }

    public static async Task Keep(NpgsqlConnection db, IdempotencyKey key, Answer answer)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = answer.ContentType };
        if (answer.Location is not null)
            headers["Location"] = answer.Location;
        await using var keep = new NpgsqlCommand(KeepSql, db);
        Scope(keep.Parameters, key);
        keep.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = key.BodyHash });
        keep.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)answer.Status });
        keep.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.Serialize(headers), NpgsqlDbType = NpgsqlDbType.Jsonb });
        keep.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = answer.Body });
        await keep.ExecuteNonQueryAsync();
    }

    private static void Scope(NpgsqlParameterCollection parameters, IdempotencyKey key)
    {
        parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Caller });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Route });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Key });
    }
}
