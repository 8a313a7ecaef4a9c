using System.Globalization;
using Hearth.Database;
using Hearth.Jobs;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>
/// Sums by skill and day what the ledger says of skills, from where it was the last time. The sums and the cursor commit together, so that a
/// run that a crash cut short neither leaves out a row nor counts one twice.
/// </summary>
internal sealed class SkillDays(NpgsqlDataSource source) : ScheduledJob
{
    private const int RowsAtOnce = 10_000;

    private const string CursorSql = "-- skills.days_cursor\nselect up_to from skill_days_cursor for update";

    private const string MoveSql = "-- skills.days_move\nupdate skill_days_cursor set up_to = $1";

    private const string AddSql =
        """
        -- skills.days_add
        insert into skill_days as d (skill_id, day, views, likes, downloads, comments, ratings, rating_sum)
        select * from unnest($1::bigint[], $2::date[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[])
        on conflict (skill_id, day) do update set views = d.views + excluded.views, likes = d.likes + excluded.likes, downloads = d.downloads + excluded.downloads,
               comments = d.comments + excluded.comments, ratings = d.ratings + excluded.ratings, rating_sum = d.rating_sum + excluded.rating_sum
        """;

    public override string Name => "analytics";

    public override TimeSpan Period => TimeSpan.FromMinutes(10);

    public override bool IsBatch => true;

    public override async Task<string> Run(CancellationToken ct)
    {
        var rows = 0L;
        await using var db = await source.OpenConnectionAsync(ct);
        var horizon = await LedgerStore.Horizon(db, ct);
        while (await Step(db, horizon, ct) is var read and > 0)
            rows += read;
        return string.Create(CultureInfo.InvariantCulture, $"{rows} rows of the ledger summed");
    }

    /// <returns>How many rows were read.</returns>
    private static async Task<int> Step(NpgsqlConnection db, long horizon, CancellationToken ct)
    {
        await using var transaction = await db.BeginTransactionAsync(ct);
        long after;
        await using (var cursor = Sql.Command(db, CursorSql))
            after = (long)(await cursor.ExecuteScalarAsync(ct))!;
        var rows = await LedgerStore.Read(db, after, horizon, RowsAtOnce, ct);
        var sums = new Dictionary<(long Skill, DateOnly Day), DaySum>();
        foreach (var row in rows)
            Add(sums, row);
        if (sums.Count > 0)
            await Keep(db, [.. sums.OrderBy(one => one.Key)], ct);
        if (horizon > after)
            await Sql.Execute(db, MoveSql, ct, Sql.Value(rows.Count == RowsAtOnce ? rows[^1].Id : horizon));
        await transaction.CommitAsync(ct);
        return rows.Count;
    }

    private static void Add(Dictionary<(long, DateOnly), DaySum> sums, LedgerRow row)
    {
        var fact = row.Voided ?? row;
        if (DaySum.Of(fact) is not { } sum || SkillDetail.Skill(fact) is not { } skill)
            return;
        var key = (skill, DateOnly.FromDateTime(fact.At));
        sums[key] = sums.GetValueOrDefault(key).Plus(sum, row.Verb == Verb.Void ? -1 : 1);
    }

    private static Task Keep(NpgsqlConnection db, List<KeyValuePair<(long Skill, DateOnly Day), DaySum>> sums, CancellationToken ct) => Sql.Execute(
        db,
        AddSql,
        ct,
        Sql.Array(sums, one => one.Key.Skill),
        Sql.Array(sums, one => one.Key.Day),
        Sql.Array(sums, one => one.Value.Views),
        Sql.Array(sums, one => one.Value.Likes),
        Sql.Array(sums, one => one.Value.Downloads),
        Sql.Array(sums, one => one.Value.Comments),
        Sql.Array(sums, one => one.Value.Ratings),
        Sql.Array(sums, one => one.Value.Stars));

    private readonly record struct DaySum(int Views, int Likes, int Downloads, int Comments, int Ratings, int Stars)
    {
        public static DaySum? Of(LedgerRow fact) => fact.Verb switch
        {
            Verb.ViewSkill => new DaySum(1, 0, 0, 0, 0, 0),
            Verb.LikeSkill => new DaySum(0, 1, 0, 0, 0, 0),
            Verb.UnlikeSkill => new DaySum(0, -1, 0, 0, 0, 0),
            Verb.DownloadSkill => new DaySum(0, 0, 1, 0, 0, 0),
            Verb.CommentSkill or Verb.ReplySkillComment => new DaySum(0, 0, 0, 1, 0, 0),
            Verb.DeleteSkillComment => new DaySum(0, 0, 0, -1, 0, 0),
            Verb.RateSkill => new DaySum(0, 0, 0, 0, 1, fact.Value ?? 0),
            _ => null,
        };

        public DaySum Plus(DaySum more, int times) => new(
            Views + (times * more.Views),
            Likes + (times * more.Likes),
            Downloads + (times * more.Downloads),
            Comments + (times * more.Comments),
            Ratings + (times * more.Ratings),
            Stars + (times * more.Stars));
    }
}
