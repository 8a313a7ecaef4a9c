using System.Globalization;
using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>What trends, and categories.</summary>
internal static class TrendReads
{
    private const string Formula =
        "score = views + 3·likes + 4·comments + 5·downloads + 4·ratings; each deed counts 2^(−age in days / 7), a rating times (stars − 3) / 2";

    // No page is longer: written into the statement, whose plan is made before a page is asked for.
    private const int MostOnPage = 101;

    private static readonly TrendInputs Weights = new(1, 3, 4, 5, 4);

    // What everybody may see is counted already; what the reader may not see of it, or sees beyond it, is little.
    private static readonly string CategoriesSql =
        $"""
        -- skills.categories
        with apart as materialized ({Blocks.From("$1")}),
        counts as (
          select category_key, case when $2 then moderated else shown end::bigint as n from skill_categories
          union all
          select s.category_key, -count(*) from skills s
           where not $2 and s.author in (select id from apart) and s.visibility = 1 and not s.is_hidden group by 1
          union all
          select s.category_key, count(*) from follows f join skills s on s.author = f.followed and s.visibility = 2 and not s.is_hidden
           where not $2 and f.follower = $1 and f.followed not in (select id from apart) group by 1
          union all
          select s.category_key, count(*) from skills s
           where s.author = $1 and (s.visibility = 3 or not $2 and (s.visibility <> 1 or s.is_hidden)) group by 1),
        most as materialized (
          select category_key, sum(n)::bigint as n from counts group by 1 having sum(n) > 0 order by 2 desc, 1 limit 100)
        select c.category, m.n
          from most m
          cross join lateral (
            select s.category from skills s where s.category_key = m.category_key and {Sight.Visible()} order by s.visibility, s.is_hidden, s.author limit 1) c
         order by m.n desc, m.category_key
        """;

    public static async Task<TrendingSkills> List(
        HttpContext http, NpgsqlConnection db, Reader reader, string? category, KeysetQuery page, TimeProvider time)
    {
        var parameters = new List<NpgsqlParameter>(reader.Parameters) { Sql.Value(page.Take) };
        var where = new List<string> { "h.heat > 0", Sight.Visible(), SkillSort.Trending.After(parameters, page, SkillSort.Trending.Row) };
        new SkillFilter(Category: category).Add(parameters, where, "h");
        var order = page.Backwards ? "asc" : "desc";
        var sql =
            $"""
            -- skills.trending
            with page as materialized (
              select s.id, h.heat from skill_heat h join skills s on s.id = h.skill_id
               where {string.Join(" and ", where)} order by h.heat {order}, h.skill_id {order} limit $3)
            select {SkillReads.Columns}, h.heat, m.now, h.heat / m.one, h.views / m.one, h.likes / m.one, h.comments / m.one, h.downloads / m.one, h.ratings / m.one
              from (select * from page limit {MostOnPage}) p join skills s on s.id = p.id join users u on u.id = s.author join skill_heat h on h.skill_id = s.id
              cross join (select now() as now, skill_heat_at(now()) as one) m
             order by p.heat {order}, p.id {order}
            """;
        var (rows, at) = await Read(db, sql, parameters, time.GetUtcNow().UtcDateTime, http.RequestAborted);
        var shown = Keyset.Page(http, page, rows, row => Key(row), row => row.Row.View with { Trending = row.Trend });
        return new TrendingSkills(Formula, 7, Weights, at, shown.Results, shown.Next, shown.Previous);
    }

    public static async Task<List<CategoryView>> Categories(NpgsqlConnection db, Reader reader, CancellationToken ct)
    {
        var categories = new List<CategoryView>();
        await using var command = Sql.Command(db, CategoriesSql, reader.Parameters);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            categories.Add(new CategoryView(row.GetString(0), row.GetInt64(1)));
        return categories;
    }

    private static async Task<(List<(SkillRow Row, double Heat, SkillTrend Trend)> Rows, DateTime At)> Read(
        NpgsqlConnection db, string sql, List<NpgsqlParameter> parameters, DateTime at, CancellationToken ct)
    {
        var rows = new List<(SkillRow, double, SkillTrend)>();
        await using var batch = Sql.KeptPlan(db, sql, [.. parameters]);
        await using var row = await batch.ExecuteReaderAsync(ct);
        await row.NextResultAsync(ct);
        while (await row.ReadAsync(ct))
        {
            const int first = SkillReads.Width;
            at = row.GetDateTime(first + 1);
            var trend = new SkillTrend(
                Rounded(first + 2),
                new TrendInputs(Rounded(first + 3), Rounded(first + 4), Rounded(first + 5), Rounded(first + 6), Rounded(first + 7)));
            rows.Add((SkillReads.Row(row), row.GetDouble(first), trend));
        }

        return (rows, at);

        double Rounded(int column) => Math.Round(row.GetDouble(column), 4);
    }

    private static string[] Key((SkillRow Row, double Heat, SkillTrend Trend) row) =>
        [row.Heat.ToString("R", CultureInfo.InvariantCulture), row.Row.Id.ToString(CultureInfo.InvariantCulture)];
}
