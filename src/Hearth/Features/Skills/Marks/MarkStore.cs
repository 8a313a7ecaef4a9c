using Hearth.Database;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>What becomes of a person's mark on a skill.</summary>
internal enum Wish : short
{
    Off = 0,
    On = 1,
    Flip = 2,
    Stay = 3,
}

/// <summary>A person's like, download or view of a skill, as they ask for it.</summary>
internal readonly record struct SkillMark(Guid Skill, long User, bool IsModerator, Wish Wish);

/// <summary>What a mark found and left: what was there before, and how many there are now.</summary>
internal sealed record MarkSet(long Skill, long Author, bool Was, int Count);

/// <summary>
/// The statements behind what a person has done with a skill or not, for one as for many: lock the skills by id, then state, counters
/// and ledger in one statement that looks only at what really changed.
/// </summary>
internal sealed class MarkStore
{
    public static readonly MarkStore Likes = new("likes", Verb.LikeSkill, Verb.UnlikeSkill);
    public static readonly MarkStore Downloads = new("downloads", Verb.DownloadSkill, null);
    public static readonly MarkStore Views = new("views", Verb.ViewSkill, null);

    private const string LockSql =
        """
        -- skills.lock_marked
        select id from skills where uuid = any($1) order by id for no key update
        """;

    private readonly string setSql;
    private readonly string restateSql;

    /// <param name="counter">The counter of skills, which the table and the column of heat are called like.</param>
    /// <param name="on">The row of a mark that is new.</param>
    /// <param name="off">The row of one that is taken back, where that can be.</param>
    private MarkStore(string counter, Verb on, Verb? off)
    {
        var table = $"skill_{counter}";
        var count =
            $"""
            changed as materialized (select * from input where wanted <> was),
            added as (
              insert into {table} (skill_id, user_id, at) select c.id, c.user_id, coalesce(c.at, m.at) from changed c cross join moment m where c.wanted
              returning skill_id, at),
            gone as (
              delete from {table} t using changed c where not c.wanted and t.skill_id = c.id and t.user_id = c.user_id
              returning t.skill_id, t.at),
            delta as (
              select skill_id, sum(n)::int as n, sum(n * skill_heat_at(at)) as heat
                from (select skill_id, at, 1 as n from added union all select skill_id, at, -1 from gone) d group by skill_id),
            warmed as (update skill_heat h set {counter} = h.{counter} + d.heat from delta d where h.skill_id = d.skill_id),
            counted as (update skills s set {counter} = s.{counter} + d.n from delta d where s.id = d.skill_id returning s.id, s.{counter} as n)
            """;
        setSql =
            $"""
            -- skills.set_{counter}
            with moment as materialized (select clock_timestamp() as at),
            input as materialized (
              select i.n, s.id, s.author, s.{counter} as count, i.user_id, t.user_id is not null as was,
                     case i.wish when 2 then t.user_id is null when 3 then t.user_id is not null else i.wish = 1 end as wanted, null::timestamptz as at
                from unnest($1::uuid[], $2::bigint[], $3::boolean[], $4::smallint[]) with ordinality as i (uuid, user_id, may, wish, n)
                join skills s on s.uuid = i.uuid and {Sight.Visible("i.user_id", "i.may")}
                left join {table} t on t.skill_id = s.id and t.user_id = i.user_id),
            {count},
            logged as (
              insert into ledger (at, actor, object_id, subject, value, verb, object_kind)
              select m.at, c.user_id, c.id, c.author, {(counter == "downloads" ? "c.count + row_number() over (partition by c.id order by c.n)" : "null")},
                     case when c.wanted then {(short)on} else {(short)(off ?? on)} end, {(short)ObjectKind.Skill}
                from changed c cross join moment m order by c.n
              returning id)
            select i.n, i.id, i.author, i.was, coalesce(c.n, i.count), coalesce((select max(id) from logged), 0)
              from input i left join counted c on c.id = i.id
            """;
        restateSql =
            $"""
            -- skills.restate_{counter}
            with moment as materialized (select clock_timestamp() as at),
            input as materialized (
              select i.id, i.user_id, t.user_id is not null as was, i.at is not null as wanted, i.at
                from unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) as i (id, user_id, at)
                join skills s on s.id = i.id
                left join {table} t on t.skill_id = s.id and t.user_id = i.user_id),
            {count}
            select count(*) from counted
            """;
    }

    /// <returns>For each mark what it found and left, null where its person may see no such skill; and the position that holds them.</returns>
    public async Task<(MarkSet?[] Sets, long Position)> Set(NpgsqlConnection db, IReadOnlyList<SkillMark> marks, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(LockSql) { Parameters = { Sql.Value(marks.Select(mark => mark.Skill).Distinct().ToArray()) } },
                new NpgsqlBatchCommand(setSql)
                {
                    Parameters =
                    {
                        Sql.Array(marks, mark => mark.Skill), Sql.Array(marks, mark => mark.User), Sql.Array(marks, mark => mark.IsModerator),
                        Sql.Array(marks, mark => (short)mark.Wish),
                    },
                },
            },
        };
        var sets = new MarkSet?[marks.Count];
        var position = 0L;
        await using var rows = await batch.ExecuteReaderAsync(ct);
        await rows.NextResultAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            sets[rows.GetInt64(0) - 1] = new MarkSet(rows.GetInt64(1), rows.GetInt64(2), rows.GetBoolean(3), rows.GetInt32(4));
            position = rows.GetInt64(5);
        }

        return (sets, position);
    }

    /// <summary>Makes state and counters what the ledger says already: since when a mark is there, or null for not.</summary>
    public async Task Restate(NpgsqlConnection db, IReadOnlyList<(long Skill, long User, DateTime? At)> marks, CancellationToken ct)
    {
        if (marks.Count > 0)
            await Sql.Execute(db, restateSql, ct, Sql.Array(marks, mark => mark.Skill), Sql.Array(marks, mark => mark.User), Sql.Times(marks, mark => mark.At));
    }
}
