using Hearth.Database;
using Hearth.Jobs;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>
/// Removes interactions that last happened before the deployment's <c>INTERACTION_RETENTION_DAYS</c>, a person and a few thousand rows at
/// a time. The ledger keeps its events: ids and numbers.
/// </summary>
internal sealed class InteractionRetention(NpgsqlDataSource source, HearthOptions options, TimeProvider time) : ScheduledJob
{
    private const int Chunk = 2_000;

    // A cut only ever moves on: what is gone stays gone when a deployment is to keep more.
    private const string CutSql =
        """
        -- interactions.retention_cut
        insert into interaction_retention as r (cut) values ($1) on conflict (one) do update set cut = greatest(r.cut, excluded.cut)
        returning cut
        """;

    private const string NextSql = "-- interactions.retention_next\nselect min(user_id) from interaction_people where user_id > $1";

    private const string LockSql = "-- interactions.retention_lock\nselect from interaction_people where user_id = $1 for no key update";

    private const string RemoveSql =
        """
        -- interactions.retention_remove
        with gone as (
          delete from interactions r
           where (r.user_id, r.type, r.content_id) in (
             select user_id, type, content_id from interactions where user_id = $1 and created_at < $2 and updated_at < $2 limit $3)
          returning r.*),
        change as (
          select type, (created_at at time zone 'UTC')::date as day, count(*) as n, coalesce(sum(seconds), 0) as seconds, count(seconds) as timed
            from gone where standing group by 1, 2),
        days as (
          update interaction_days d set n = d.n - c.n, seconds = d.seconds - c.seconds, timed = d.timed - c.timed
            from change c where d.user_id = $1 and d.type = c.type and d.day = c.day),
        counted as (update interaction_people set n = n - (select coalesce(sum(n), 0) from change) where user_id = $1)
        select count(*) from gone
        """;

    public override string Name => "interaction_retention";

    public override TimeSpan Period => TimeSpan.FromHours(6);

    public override async Task<string> Run(CancellationToken ct)
    {
        if (options.InteractionRetentionDays is not { } days)
            return "everything is kept";
        await using var db = await source.OpenConnectionAsync(ct);
        await using var moved = Sql.Command(db, CutSql, Sql.Time(time.GetUtcNow().UtcDateTime.AddDays(-days)));
        var cut = (DateTime)(await moved.ExecuteScalarAsync(ct))!;
        var removed = 0L;
        for (var user = await Next(db, 0, ct); user is { } one; user = await Next(db, one, ct))
            removed += await Remove(db, one, cut, ct);
        return $"{removed} interactions";
    }

    private static async Task<long?> Next(NpgsqlConnection db, long after, CancellationToken ct)
    {
        await using var next = Sql.Command(db, NextSql, Sql.Value(after));
        return await next.ExecuteScalarAsync(ct) as long?;
    }

    private static async Task<long> Remove(NpgsqlConnection db, long user, DateTime cut, CancellationToken ct)
    {
        for (var all = 0L; ;)
        {
            await using var transaction = await db.BeginTransactionAsync(ct);
            await Sql.Execute(db, LockSql, ct, Sql.Value(user));
            await using var remove = Sql.Command(db, RemoveSql, Sql.Value(user), Sql.Time(cut), Sql.Value(Chunk));
            var removed = (long)(await remove.ExecuteScalarAsync(ct))!;
            await transaction.CommitAsync(ct);
            all += removed;
            if (removed < Chunk)
                return all;
        }
    }
}
