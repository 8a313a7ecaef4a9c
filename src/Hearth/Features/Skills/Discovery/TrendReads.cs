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

    private static readonly TrendInputs Weights = new(1, 3, 4, 5, 4);

    private static readonly string CategoriesSql =
        $"""
        -- skills.categories
        select min(s.category), count(*) from skills s where {Sight.Visible()}
         group by s.category_key order by count(*) desc, s.category_key limit 100
        """;

    public static async Task<TrendingSkills> List(
        HttpContext http, NpgsqlConnection db, Reader reader, string? category, KeysetQuery page, TimeProvider time)
    {
        var parameters = new List<NpgsqlParameter>(reader.Parameters) { Sql.Value(page.Take) };
        var where = new List<string> { "h.heat > 0", Sight.Visible(), SkillSort.Trending.After(parameters, page) };
        new SkillFilter(Category: category).Add(parameters, where);
        var order = page.Backwards ? "asc" : "desc";
        var sql =
            $"""
            -- skills.trending
            with page as materialized (
              select s.id, h.heat from skill_heat h join skills s on s.id = h.skill_id
               where {string.Join(" and ", where)} order by h.heat {order}, h.skill_id {order} limit $3)
            select {SkillReads.Columns}, h.heat, m.now, h.heat / m.one, h.views / m.one, h.likes / m.one, h.comments / m.one, h.downloads / m.one, h.ratings / m.one
              from page p join skills s on s.id = p.id join users u on u.id = s.author join skill_heat h on h.skill_id = s.id
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
        await using var command = Sql.Command(db, sql, [.. parameters]);
        await using var row = await command.ExecuteReaderAsync(ct);
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
