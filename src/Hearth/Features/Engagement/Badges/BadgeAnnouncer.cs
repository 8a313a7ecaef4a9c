using Hearth.Database;
using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Badges;

/// <summary>
/// Says in the ledger that somebody earned a badge, so that whoever follows it can tell them: one row each, after the projection
/// gave the badge. Runs on one node at a time; a replay announces nothing. Imported accounts and deeds of long ago are not told.
/// </summary>
internal sealed partial class BadgeAnnouncer(
    NpgsqlDataSource source, Writes writes, LedgerTail tail, Projections projections, ILogger<BadgeAnnouncer> log) : BackgroundService
{
    private const string FindSql =
        """
        -- badges.unannounced
        select e.user_id, e.badge from engagement_badges e
          join users u on u.id = e.user_id and u.is_active
          join ledger l on l.id = e.id and l.verb <> 81
         where e.id > $1 and e.id <= $2 and e.awarded_at > now() - interval '1 day'
           and not exists (select from badge_announcements a where a.user_id = e.user_id and a.badge = e.badge)
         order by e.id, e.badge
        """;

    private const string TellSql =
        """
        -- badges.announced
        insert into badge_announcements (user_id, badge) select * from unnest($1::bigint[], $2::int[]) on conflict do nothing
        """;

    private const string BeginSql =
        """
        -- badges.announcer.begin
        insert into badge_announcer (position) values ($1) on conflict do nothing
        """;

    // How far the stored position may lag behind: so many rows are looked through again after a crash, and told of once.
    private const long Lag = 10_000;

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await tail.Started.WaitAsync(stoppingToken);
                await using var session = await OwnSession.Open(source, stoppingToken);
                if ((bool)(await Scalar(session.Db, "select pg_try_advisory_lock(51, 0)", null, stoppingToken))!)
                    await Follow(session.Db, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Interrupted(log, e);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Retry, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Follow(NpgsqlConnection db, CancellationToken ct)
    {
        await LedgerStore.PlanOnce(db, ct);
        var runner = projections.Find("engagement")!;
        await Scalar(db, BeginSql, tail.Current, ct);
        var stored = (long)(await Scalar(db, "select position from badge_announcer", null, ct))!;
        var position = stored;
        while (true)
        {
            await tail.Recent.After(position).WaitAsync(ct);
            var target = tail.Current;
            await runner.Followed(target, ct);
            var earned = await Earned(db, position, target, ct);
            if (earned.Count > 0 || target - stored > Lag)
            {
                await Announce(earned, target, ct);
                stored = target;
            }

            position = target;
        }
    }

    private static async Task<List<(long User, int Badge)>> Earned(NpgsqlConnection db, long from, long to, CancellationToken ct)
    {
        await using var find = new NpgsqlCommand(FindSql, db)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = from }, new NpgsqlParameter<long> { TypedValue = to } },
        };
        var earned = new List<(long, int)>();
        await using var row = await find.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            earned.Add((row.GetInt64(0), row.GetInt32(1)));
        return earned;
    }

    private async Task Announce(List<(long User, int Badge)> earned, long upTo, CancellationToken ct)
    {
        await using var write = await writes.Begin(ct);
        await using var batch = new NpgsqlBatch(write.Db);
        batch.Command(TellSql).Column(earned, one => one.User).Column(earned, one => one.Badge);
        batch.Command("update badge_announcer set position = $1").Value(upTo);
        await batch.ExecuteNonQueryAsync(ct);
        foreach (var (user, badge) in earned)
            write.Append(new Entry(Verb.AwardBadge, ObjectKind.Badge, badge) { Subject = user });
        await write.Commit();
    }

    private static async Task<object?> Scalar(NpgsqlConnection db, string sql, long? value, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db);
        if (value is { } given)
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = given });
        return await command.ExecuteScalarAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The announcer of badges was interrupted and goes on from where it was")]
    private static partial void Interrupted(ILogger log, Exception e);
}
