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

    private const string Unlimited = "set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0";

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
            // What nodes keep of the tables before is as wrong as those were.
            await LedgerStore.Append(db, [new Entry(Verb.ForgetCached, ObjectKind.User, 0)], ct);
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
        await Execute(db, $"{Unlimited}; select pg_advisory_lock(12, hashtext('{projection.Name}'))", ct);
        try
        {
            await Execute(db, $"drop schema if exists {schema} cascade; create schema {schema}; set search_path = {schema}, public", ct);
            var tables = await ShadowTables.Create(db, schema, projection, isKept: isolation == IsolationLevel.ReadCommitted, ct);
            var run = new Run(projection, tables, projection.ReplayFromNothing());
            await Replay(db, schema, run, progress, ct);
            if (isolation == IsolationLevel.ReadCommitted)
                await tables.Complete(db, ct);

            await using var transaction = await db.BeginTransactionAsync(isolation, ct);
            var live = isolation == IsolationLevel.ReadCommitted
                ? await ProjectionStore.Hold(db, projection.Name, ct)
                : await ProjectionStore.Checkpoint(db, projection.Name, ct);
            if (run.At > live)
                throw new InvalidOperationException($"The projection {projection.Name} went back while it was replayed.");
            await ReplayTo(db, run, live, ct);
            var result = await finish(db, schema, run.Replayed);
            await transaction.CommitAsync(ct);
            return result;
        }
        finally
        {
            await Execute(db, $"reset search_path; drop schema if exists {schema} cascade", CancellationToken.None);
        }
    }

    /// <summary>Replays in transactions of their own up to a little behind the live checkpoint; the next rows are read meanwhile.</summary>
    private async Task Replay(NpgsqlConnection db, string schema, Run run, Action<long, long>? progress, CancellationToken ct)
    {
        await using var reading = await source.OpenConnectionAsync(ct);
        await using var aside = await OwnSession.Open(source, ct);
        await Execute(aside.Db, $"{Unlimited}; set enable_hashjoin = off; set enable_mergejoin = off; set enable_seqscan = off; set search_path = {schema}, public", ct);
        var live = await ProjectionStore.Checkpoint(db, run.Projection.Name, ct);
        var next = LedgerStore.Read(reading, run.At, live, run.Projection.ReplayRows, ct);
        try
        {
            while (await next is var rows && rows.Count >= Math.Min(Last, run.Projection.ReplayRows))
            {
                live = await ProjectionStore.Checkpoint(db, run.Projection.Name, ct);
                next = LedgerStore.Read(reading, rows[^1].Id, live, run.Projection.ReplayRows, ct);
                await using var transaction = await db.BeginTransactionAsync(ct);
                await run.Apply(db, aside.Db, rows, ct);
                await transaction.CommitAsync(ct);
                run.At = rows[^1].Id;
                progress?.Invoke(run.At, live);
            }
        }
        finally
        {
            // Its connection must not go while it reads.
            await Task.WhenAny(next);
        }
    }

    /// <summary>The last rows, inside the transaction that knows the live checkpoint.</summary>
    private static async Task ReplayTo(NpgsqlConnection db, Run run, long to, CancellationToken ct)
    {
        while (run.At < to)
        {
            var rows = await LedgerStore.Read(db, run.At, to, run.Projection.ReplayRows, ct);
            if (rows.Count > 0)
                await run.Apply(db, null, rows, ct);
            run.At = rows.Count == run.Projection.ReplayRows ? rows[^1].Id : to;
        }
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

    /// <summary>How far a replay is.</summary>
    private sealed class Run(Projection projection, ShadowTables tables, Replay replay)
    {
        public Projection Projection => projection;

        public long At { get; set; }

        public long Replayed { get; private set; }

        public async Task Apply(NpgsqlConnection db, NpgsqlConnection? aside, List<LedgerRow> rows, CancellationToken ct)
        {
            // An index that is made in the transaction keeps every other writer out until its end.
            if (rows.Exists(projection.ReadsWidely) && await tables.Complete(db, ct))
                aside = null;
            await replay(db, aside, rows, ct);
            Replayed += rows.Count;
        }
    }
}
