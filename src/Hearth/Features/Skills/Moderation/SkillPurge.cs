using Hearth.Database;
using Hearth.Jobs;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>Removes who saw, liked, downloaded and rated a skill that is gone, or voted on a task: in slices, so that no statement holds on for long.</summary>
internal sealed class SkillPurge(NpgsqlDataSource source) : ScheduledJob
{
    private const int Slice = 5_000;

    private const string NextSql = "-- skills.purge_next\nselect kind, id from skill_purges order by kind, id limit 1";

    private const string DoneSql = "-- skills.purge_done\ndelete from skill_purges where kind = $1 and id = $2";

    private static readonly string[] OfSkill = ["skill_views", "skill_likes", "skill_downloads", "skill_ratings", "skill_skips"];

    public override string Name => "skill_purge";

    public override TimeSpan Period => TimeSpan.FromMinutes(5);

    public override async Task<string> Run(CancellationToken ct)
    {
        var (objects, rows) = (0, 0L);
        await using var db = await source.OpenConnectionAsync(ct);
        while (await Next(db, ct) is var (kind, id))
        {
            if (kind == 15)
                rows += await Empty(db, "skill_task_votes", "task_id", id, ct);
            else
                foreach (var table in OfSkill)
                    rows += await Empty(db, table, "skill_id", id, ct);
            await Sql.Execute(db, DoneSql, ct, Sql.Value(kind), Sql.Value(id));
            objects++;
        }

        return $"{objects} objects, {rows} rows";
    }

    private static async Task<(short Kind, long Id)?> Next(NpgsqlConnection db, CancellationToken ct)
    {
        await using var next = new NpgsqlCommand(NextSql, db);
        await using var row = await next.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetInt16(0), row.GetInt64(1)) : null;
    }

    private static async Task<long> Empty(NpgsqlConnection db, string table, string key, long id, CancellationToken ct)
    {
        var sql = $"-- skills.purge\ndelete from {table} where ctid = any (array(select ctid from {table} where {key} = $1 limit {Slice}))";
        for (var all = 0L; ;)
        {
            var removed = await Sql.Execute(db, sql, ct, Sql.Value(id));
            all += removed;
            if (removed < Slice)
                return all;
        }
    }
}
