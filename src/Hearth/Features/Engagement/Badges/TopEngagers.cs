using System.Globalization;
using Hearth.Features.Engagement.Actions;
using Hearth.Features.Engagement.Boards;
using Hearth.Jobs;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Badges;

/// <summary>
/// The badge that is lost again: judged once a day, it is with the top tenth of those who engaged in the last 30 days, if they did so at
/// least ten times. Who stands level with the last of them has it, too.
/// </summary>
internal sealed class TopEngagers(Writes writes, BoardRoom boards, TimeProvider time) : ScheduledJob
{
    public const int Least = 10;

    /// <summary>The badge's name.</summary>
    public const string BadgeName = "top_engager";

    private const string SetSql =
        """
        -- top_engagers.set
        with gone as (
          delete from top_engagers where user_id <> all($1) returning user_id),
        kept as (
          update top_engagers set judged_on = $3 where user_id = any($1)),
        added as (
          insert into top_engagers (user_id, since, judged_on)
          select id, $2, $3 from unnest($1::bigint[]) as k (id) on conflict do nothing
          returning user_id)
        select user_id, true from added union all select user_id, false from gone
        """;

    public override string Name => "top_engagers";

    public override TimeSpan Period => TimeSpan.FromDays(1);

    public override async Task<string> Run(CancellationToken ct)
    {
        var today = Days.Today(time);
        var board = await boards.People(Ranking.Engagements, Days.Last(Days.Month, today), ct);
        var bar = Math.Max(Least, board.At((int)Math.Ceiling(board.Count / 10.0)) ?? Least);
        var holders = board.Over(all => all.Where(one => one.Value >= bar).Select(one => one.Key).Order().ToArray());

        await using var write = await writes.Begin(ct);
        await using var batch = new NpgsqlBatch(write.Db);
        batch.Command(SetSql).Value(holders).Value(time.GetUtcNow().UtcDateTime).Value(today);
        await using (var changed = await batch.ExecuteReaderAsync(ct))
        {
            while (await changed.ReadAsync(ct))
                write.Append(changed.GetBoolean(1) ? Award(changed.GetInt64(0)) : new Entry(Verb.ForgetCached, ObjectKind.User, changed.GetInt64(0)));
        }

        await write.Commit();
        return string.Create(CultureInfo.InvariantCulture, $"{holders.Length} of {board.Count} active people, from {bar} engagements");
    }

    private static Entry Award(long person) => new(Verb.AwardBadge, ObjectKind.Badge, (int)Badge.TopEngager) { Subject = person };
}
