using Npgsql;
using NpgsqlTypes;

namespace Hearth.Ledger;

/// <summary>
/// A feature's state that counts rows of the ledger follows a void in the void's own transaction: counters go down, and up
/// again when it is restored.
/// </summary>
internal interface IVoidable
{
    Task Follow(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, bool voided, CancellationToken ct);
}

/// <summary>Which rows to void: those of a person, those named, or those of people to each other; between two times.</summary>
internal sealed record VoidRequest(long By, string Reason)
{
    public long? User { get; init; }

    public IReadOnlyList<long>? Rows { get; init; }

    /// <summary>What these people did to each other.</summary>
    public IReadOnlyList<long>? Among { get; init; }

    public DateTime? From { get; init; }

    public DateTime? To { get; init; }

    /// <summary>Only rows of these verbs; null is all that may be voided.</summary>
    public IReadOnlyList<short>? Verbs { get; init; }

    /// <summary>It is never restored.</summary>
    public bool IsFinal { get; init; }
}

/// <summary>
/// Voids rows by compensating rows, and restores them. In chunks of one transaction each; a crash leaves whole chunks,
/// and the same call again does the rest: a row that is void is not voided twice.
/// </summary>
internal sealed class Voids(NpgsqlDataSource source, LedgerSignal signal, IEnumerable<IVoidable> followers)
{
    public const int Unconfirmed = 10_000;
    private const int Chunk = 5_000;

    // Voids are restored and not voided, what moderators decided stays decided (130 to 139 are theirs), and rules and badges are
    // administrators': rules are reverted where they were published, so that their list and the scores say the same.
    private const string SelectSql =
        """
        -- voids.select
        select l.id from ledger l
         where l.id > $1 and l.verb not in (80, 82, 100, 101) and l.verb not between 130 and 139
           and (($2::bigint is not null and l.actor = $2) or ($3::bigint[] is not null and l.id = any($3))
             or ($8::bigint[] is not null and l.actor = any($8) and l.subject = any($8) and l.actor <> l.subject))
           and ($7::smallint[] is null or l.verb = any($7))
           and ($4::timestamptz is null or l.at >= $4) and ($5::timestamptz is null or l.at < $5)
           and not exists (
             select from ledger v where v.voids = l.id and v.id > l.id and v.verb = 100
                and not exists (select from ledger u where u.voids = l.id and u.verb = 101 and u.id > v.id))
         order by l.id limit $6
        """;

    private const string RestoreSql =
        """
        -- voids.restore
        select v.voids from ledger v
         where v.object_kind = 11 and v.object_id = $1 and v.verb = 100 and v.voids > $2
           and not exists (select from ledger u where u.voids = v.voids and u.verb = 101 and u.id > v.id)
         order by v.voids limit $3
        """;

    /// <summary>How many rows the request would void.</summary>
    public async Task<long> Count(VoidRequest request, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return (await Select(db, request, 0, Unconfirmed + 1, ct)).Count;
    }

    /// <returns>The void's id, how many rows it holds, and the position after which all is followed.</returns>
    public async Task<(long Id, long Rows, long Position)> Make(VoidRequest request, CancellationToken ct)
    {
        long id;
        await using (var db = await source.OpenConnectionAsync(ct))
            id = await Open(db, request, ct);
        var (rows, position) = await Fill(id, request, ct);
        return (id, rows, position);
    }

    /// <summary>A void that holds nothing yet, in the caller's transaction: <see cref="Fill"/> does the rest once that is committed.</summary>
    public static async Task<long> Open(NpgsqlConnection db, VoidRequest request, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand("insert into voids (made_by, reason, is_final) values ($1, $2, $3) returning id", db)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = request.By },
                new NpgsqlParameter<string> { TypedValue = request.Reason },
                new NpgsqlParameter<bool> { TypedValue = request.IsFinal },
            },
        };
        return (long)(await insert.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Voids what is not void yet of the request's rows. After a crash the same call does the rest.</summary>
    public Task<(long Rows, long Position)> Fill(long id, VoidRequest request, CancellationToken ct) => InChunks(
        id, Verb.Void, request.By, (db, after) => Select(db, request, after, Chunk, ct), "update voids set rows = rows + $2 where id = $1", ct);

    /// <summary>Everything that the void holds counts again. Restoring twice is as once.</summary>
    public async Task<(long Rows, long Position)> Restore(long id, long by, CancellationToken ct)
    {
        var result = await InChunks(
            id, Verb.Unvoid, by, (db, after) => Ids(db, RestoreSql, ct, id, after, Chunk), null, ct);
        await using var db = await source.OpenConnectionAsync(ct);
        await using var done = new NpgsqlCommand("update voids set restored_by = $2, restored_at = now() where id = $1 and restored_at is null", db)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = id }, new NpgsqlParameter<long> { TypedValue = by } },
        };
        await done.ExecuteNonQueryAsync(ct);
        return result;
    }

    private async Task<(long Rows, long Position)> InChunks(
        long id, Verb verb, long by, Func<NpgsqlConnection, long, Task<List<long>>> next, string? count, CancellationToken ct)
    {
        long rows = 0, position = 0, after = 0;
        while (true)
        {
            await using var db = await source.OpenConnectionAsync(ct);
            await using var transaction = await db.BeginTransactionAsync(ct);
            // Two voids at once would each see a row as not void yet.
            await using (var turn = new NpgsqlCommand("select pg_advisory_xact_lock(15, 0)", db))
                await turn.ExecuteNonQueryAsync(ct);
            var ids = await next(db, after);
            if (ids.Count == 0)
                return (rows, position);
            after = ids[^1];
            var named = await LedgerStore.Named(db, ids, ct);
            foreach (var follower in followers)
                await follower.Follow(db, named, verb == Verb.Void, ct);
            if (count is not null)
            {
                await using var add = new NpgsqlCommand(count, db)
                {
                    Parameters = { new NpgsqlParameter<long> { TypedValue = id }, new NpgsqlParameter<long> { TypedValue = ids.Count } },
                };
                await add.ExecuteNonQueryAsync(ct);
            }

            position = await LedgerStore.Append(
                db, [.. ids.Select(row => new Entry(verb, ObjectKind.Ledger, id) { Actor = by, Voids = row })], ct);
            await transaction.CommitAsync(CancellationToken.None);
            signal.Raise(position);
            rows += ids.Count;
        }
    }

    private static async Task<List<long>> Select(NpgsqlConnection db, VoidRequest request, long after, int limit, CancellationToken ct) =>
        await Ids(db, SelectSql, ct, after, request.User, request.Rows?.ToArray(), request.From, request.To, limit, request.Verbs?.ToArray(), request.Among?.ToArray());

    private static async Task<List<long>> Ids(NpgsqlConnection db, string sql, CancellationToken ct, params object?[] values)
    {
        await using var command = new NpgsqlCommand(sql, db);
        foreach (var value in values)
        {
            command.Parameters.Add(value switch
            {
                null => new NpgsqlParameter { Value = DBNull.Value },
                DateTime time => new NpgsqlParameter { Value = time, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                _ => new NpgsqlParameter { Value = value },
            });
        }

        var ids = new List<long>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ids.Add(reader.GetInt64(0));
        return ids;
    }
}
