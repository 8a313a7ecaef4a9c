using System.Globalization;
using System.Text.Json;
using Hearth.Database;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>The skills that trend, in their order.</summary>
internal sealed record TrendDetail(IReadOnlyList<long> Skills);

/// <summary>Looks what trends among the skills that everybody may see, and records when that has changed.</summary>
internal sealed class Trending(Writes writes) : ScheduledJob
{
    public const int Length = 20;

    // The lock of the job lets one run at a time.
    private const string NowSql =
        """
        -- skills.trends_now
        select coalesce(array_agg(t.skill_id order by t.heat desc, t.skill_id desc), '{}') from (
          select h.skill_id, h.heat from skill_heat h join skills s on s.id = h.skill_id
           where h.heat > 0 and s.visibility = 1 and not s.is_hidden order by h.heat desc, h.skill_id desc limit $1) t
        """;

    private const string BeforeSql =
        """
        -- skills.trends_before
        select coalesce(array_agg(skill_id order by rank), '{}') from (select rank, skill_id from skill_trends order by rank) t
        """;

    private const string KeepSql =
        """
        -- skills.trends_keep
        with gone as (delete from skill_trends where rank > cardinality($1::bigint[]))
        insert into skill_trends (rank, skill_id) select t.rank, t.id from unnest($1::bigint[]) with ordinality as t (id, rank)
        on conflict (rank) do update set skill_id = excluded.skill_id
        """;

    public override string Name => "trending";

    public override TimeSpan Period => TimeSpan.FromMinutes(15);

    public override bool IsBatch => true;

    public override async Task<string> Run(CancellationToken ct)
    {
        await using var write = await writes.Begin();
        var before = await Ids(Sql.Command(write.Db, BeforeSql), ct);
        var now = await Ids(Sql.Command(write.Db, NowSql, Sql.Value(Length)), ct);
        if (now.SequenceEqual(before))
            return string.Create(CultureInfo.InvariantCulture, $"{now.Length} skills trend, as before");
        await Sql.Execute(write.Db, KeepSql, ct, Sql.Array(now));
        write.Append(new Entry(Verb.ChangeTrends, ObjectKind.Skill, 0) { Detail = JsonSerializer.Serialize(new TrendDetail(now), Json.Of<TrendDetail>()) });
        await write.Commit();
        return string.Create(CultureInfo.InvariantCulture, $"{now.Length} skills trend, others than before");
    }

    private static async Task<long[]> Ids(NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
            return (long[])(await command.ExecuteScalarAsync(ct))!;
    }
}
