using Npgsql;

namespace Hearth.Jobs;

/// <summary>The statements on the table of jobs, and the lock that lets one node at a time run a job.</summary>
internal static class JobStore
{
    // 21 tags these locks: (21, hash of the job's name).
    private const string LockSql = "select pg_try_advisory_lock(21, hashtext($1))";

    private const string DeclareSql =
        """
        -- jobs.declare
        insert into jobs (name, period, batch, next_run_at) values ($1, $2, $3, $4)
        on conflict (name) do update set period = excluded.period, batch = excluded.batch
         where (jobs.period, jobs.batch) is distinct from (excluded.period, excluded.batch)
        """;

    private const string DueSql =
        """
        -- jobs.due
        select name from jobs where next_run_at <= $1 and (not paused or next_run_at = '-infinity') order by next_run_at
        """;

    private const string ClaimSql =
        """
        -- jobs.claim
        update jobs set last_run_at = $2, next_run_at = $2 + period where name = $1 and next_run_at <= $2 and (not paused or next_run_at = '-infinity')
        """;

    private const string FinishSql =
        """
        -- jobs.finish
        update jobs set runs = runs + 1, duration_ms = $2, outcome = $3, message = $4,
               next_run_at = case when $3 = 'stopped' then last_run_at else next_run_at end
         where name = $1
        """;

    // A job that is stopped and has been asked for is due since ever: that alone it runs.
    private const string RequestSql =
        """
        -- jobs.request
        update jobs set next_run_at = case when paused then '-infinity' else least(next_run_at, $2) end where name = $1
        """;

    private const string PauseSql =
        """
        -- jobs.pause
        update jobs set paused = $1 where batch
        """;

    private const string StatusSql =
        """
        -- jobs.status
        select j.name, j.period, j.batch, j.paused,
               exists (select from pg_locks l
                        where l.locktype = 'advisory' and l.objsubid = 2 and l.classid = 21 and l.objid = hashtext(j.name)::oid and l.granted
                          and l.database = (select oid from pg_database where datname = current_database())),
               j.runs, greatest(j.next_run_at, to_timestamp(0)), j.last_run_at, j.duration_ms, j.outcome, j.message
          from jobs j order by j.name
        """;

    public static async Task<bool> TryLock(NpgsqlConnection db, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(LockSql, db) { Parameters = { Text(name) } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    public static Task Declare(NpgsqlConnection db, ScheduledJob job, DateTime now, CancellationToken ct) =>
        Execute(db, DeclareSql, ct, Text(job.Name), Span(job.Period), new NpgsqlParameter<bool> { TypedValue = job.IsBatch }, Time(now));

    public static async Task<List<string>> Due(NpgsqlConnection db, DateTime now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(DueSql, db) { Parameters = { Time(now) } };
        var names = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            names.Add(reader.GetString(0));
        return names;
    }

    /// <returns>Whether it was still due, and is this node's now.</returns>
    public static async Task<bool> Claim(NpgsqlConnection db, string name, DateTime now, CancellationToken ct) =>
        await Execute(db, ClaimSql, ct, Text(name), Time(now)) == 1;

    public static Task Finish(NpgsqlConnection db, string name, TimeSpan duration, string outcome, string message) =>
        Execute(db, FinishSql, CancellationToken.None, Text(name), new NpgsqlParameter<long> { TypedValue = (long)duration.TotalMilliseconds },
            Text(outcome), Text(message.Length > 500 ? message[..500] : message));

    /// <returns>Whether there is such a job.</returns>
    public static async Task<bool> Request(NpgsqlConnection db, string name, DateTime now, CancellationToken ct) =>
        await Execute(db, RequestSql, ct, Text(name), Time(now)) == 1;

    public static Task Pause(NpgsqlConnection db, bool paused, CancellationToken ct) =>
        Execute(db, PauseSql, ct, new NpgsqlParameter<bool> { TypedValue = paused });

    public static async Task<List<JobStatus>> Status(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(StatusSql, db);
        var jobs = new List<JobStatus>();
        await using var r = await command.ExecuteReaderAsync(ct);
        while (await r.ReadAsync(ct))
        {
            jobs.Add(new JobStatus(
                r.GetString(0), r.GetTimeSpan(1), r.GetBoolean(2), r.GetBoolean(3), r.GetBoolean(4), r.GetInt64(5), r.GetDateTime(6),
                r.IsDBNull(7) ? null : r.GetDateTime(7), r.IsDBNull(8) ? null : r.GetInt64(8),
                r.IsDBNull(9) ? null : r.GetString(9), r.IsDBNull(10) ? null : r.GetString(10)));
        }

        return jobs;
    }

    private static async Task<int> Execute(NpgsqlConnection db, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, db);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static NpgsqlParameter<DateTime> Time(DateTime value) => new() { TypedValue = value };

    private static NpgsqlParameter<TimeSpan> Span(TimeSpan value) => new() { TypedValue = value };
}
