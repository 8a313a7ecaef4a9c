using System.Data;
using System.Diagnostics;
using Hearth.Database;
using Npgsql;

namespace Hearth.Ledger;

/// <summary>How many rows a table of a projection holds, and how many of them differ from a replay.</summary>
internal sealed record TableDrift(string Table, long Rows, long Differences, IReadOnlyList<string> Examples);

/// <summary>What a comparison of a projection with its replay found.</summary>
internal sealed record ProjectionDrift(string Name, long Position, long Replayed, IReadOnlyList<TableDrift> Tables)
{
    public long Differences => Tables.Sum(table => table.Differences);
}

/// <summary>
/// Replays the ledger into a second set of a projection's tables, in a schema of its own, while the live set is read and goes on;
/// then swaps the sets, holding the live checkpoint for the last rows only (rebuild), or compares them (verify).
/// </summary>
internal sealed class Rebuilds(NpgsqlDataSource source)
{
    // So few rows may be left to replay while the live runner is held.
    private const int Last = 1_000;

    /// <summary>Rebuilds when the stored tables were made by another version; registers a projection that is new.</summary>
    public async Task BringToVersion(Projection projection, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var stored = await ProjectionStore.Version(db, projection.Name, ct);
        if (stored is null)
            await Execute(db, $"insert into projections (name, version) values ('{projection.Name}', {projection.Version}) on conflict do nothing", ct);
        else if (stored != projection.Version)
            await Rebuild(projection, null, ct);
    }

    /// <returns>How many rows were replayed.</returns>
    public Task<long> Rebuild(Projection projection, Action<long, long>? progress, CancellationToken ct) =>
        InShadow(projection, IsolationLevel.ReadCommitted, progress, async (db, schema, replayed) =>
        {
            foreach (var table in projection.Tables)
                await Execute(db, $"drop table public.{table}; alter table {schema}.{table} set schema public", ct);
            await Execute(db, $"update public.projections set version = {projection.Version}, rows = {replayed}, updated_at = now() where name = '{projection.Name}'", ct);
            return replayed;
        }, ct);

    /// <summary>
    /// Compares every row of every table with a replay up to the live checkpoint. One snapshot holds the checkpoint, the tables that
    /// belong to it and every ledger row up to it, so the live runner need not wait.
    /// </summary>
    public Task<ProjectionDrift> Compare(Projection projection, Action<long, long>? progress, CancellationToken ct) =>
        InShadow(projection, IsolationLevel.RepeatableRead, progress, async (db, schema, replayed) =>
        {
            var tables = new List<TableDrift>();
            foreach (var table in projection.Tables)
                tables.Add(await Drift(db, schema, table, ct));
            return new ProjectionDrift(projection.Name, await ProjectionStore.Checkpoint(db, projection.Name, ct), replayed, tables);
        }, ct);

    private async Task<T> InShadow<T>(
        Projection projection, IsolationLevel isolation, Action<long, long>? progress, Func<NpgsqlConnection, string, long, Task<T>> finish, CancellationToken ct)
    {
        var schema = $"rebuild_{projection.Name}";
        await using var session = await OwnSession.Open(source, ct);
        var db = session.Db;
        // One rebuild or comparison of a projection at a time, in the cluster; it may outlast the limits of a request's statement.
        await Execute(db, $"set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0; select pg_advisory_lock(12, hashtext('{projection.Name}'))", ct);
        try
        {
            await Execute(db, $"drop schema if exists {schema} cascade; create schema {schema}; set search_path = {schema}, public", ct);
            await ShadowTables.Create(db, schema, projection.Tables, isKept: isolation == IsolationLevel.ReadCommitted, ct);
            var (at, replayed) = await Replay(db, projection, 0, 0, progress, ct);

            await using var transaction = await db.BeginTransactionAsync(isolation, ct);
            var live = isolation == IsolationLevel.ReadCommitted
                ? await ProjectionStore.Hold(db, projection.Name, ct)
                : await ProjectionStore.Checkpoint(db, projection.Name, ct);
            if (at > live)
                throw new InvalidOperationException($"The projection {projection.Name} went back while it was replayed.");
            (_, replayed) = await ReplayTo(db, projection, at, live, replayed, ct);
            var result = await finish(db, schema, replayed);
            await transaction.CommitAsync(ct);
            return result;
        }
        finally
        {
            await Execute(db, $"reset search_path; drop schema if exists {schema} cascade", CancellationToken.None);
        }
    }

    /// <summary>Replays in transactions of their own up to a little behind the live checkpoint; the next rows are read meanwhile.</summary>
    private async Task<(long At, long Replayed)> Replay(
        NpgsqlConnection db, Projection projection, long at, long replayed, Action<long, long>? progress, CancellationToken ct)
    {
        await using var reading = await source.OpenConnectionAsync(ct);
        var live = await ProjectionStore.Checkpoint(db, projection.Name, ct);
        var next = LedgerStore.Read(reading, at, live, projection.ReplayRows, ct);
        try
        {
            while (await next is var rows && rows.Count >= Last)
            {
                live = await ProjectionStore.Checkpoint(db, projection.Name, ct);
                next = LedgerStore.Read(reading, rows[^1].Id, live, projection.ReplayRows, ct);
                await using var transaction = await db.BeginTransactionAsync(ct);
                await projection.Apply(db, rows, ct);
                await transaction.CommitAsync(ct);
                at = rows[^1].Id;
                replayed += rows.Count;
                progress?.Invoke(at, live);
            }

            return (at, replayed);
        }
        finally
        {
            // Its connection must not go while it reads.
            await Task.WhenAny(next);
        }
    }

    /// <summary>The last rows, inside the transaction that knows the live checkpoint.</summary>
    private static async Task<(long At, long Replayed)> ReplayTo(
        NpgsqlConnection db, Projection projection, long at, long to, long replayed, CancellationToken ct)
    {
        while (at < to)
        {
            var rows = await LedgerStore.Read(db, at, to, projection.ReplayRows, ct);
            if (rows.Count > 0)
                await projection.Apply(db, rows, ct);
            replayed += rows.Count;
            at = rows.Count == projection.ReplayRows ? rows[^1].Id : to;
        }

        return (at, replayed);
    }

    private static async Task<TableDrift> Drift(NpgsqlConnection db, string schema, string table, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
             -- rebuild.drift
             with differing as (
               (select 'stored ' || t::text as what from (select * from public.{table} except all select * from {schema}.{table}) t)
               union all
               (select 'replayed ' || t::text from (select * from {schema}.{table} except all select * from public.{table}) t))
             select (select count(*) from public.{table}), (select count(*) from differing),
                    array(select what from differing limit 5)
             """,
            db);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new TableDrift(table, reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<string[]>(2));
    }

    private static async Task Execute(NpgsqlConnection db, string sql, CancellationToken ct)
    {
        Debug.Assert(!sql.Contains("$1", StringComparison.Ordinal), "Names of projections and tables only.");
        await using var command = new NpgsqlCommand(sql, db);
        await command.ExecuteNonQueryAsync(ct);
    }
}
