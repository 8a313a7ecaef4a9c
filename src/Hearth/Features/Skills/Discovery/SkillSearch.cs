using System.Text.Json;
using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>
/// Finds skills by words, filters and orders. What few skills match is found by the index of words and put in order; what many match
/// (<see cref="Many"/>) is found by walking down the order, where it comes soon: neither reads more than some thousand rows.
/// </summary>
internal static class SkillSearch
{
    /// <summary>More than so many skills with a word say little about any of them.</summary>
    public const int Many = 3_000;

    /// <summary>Of those, relevance is told of so many that trend most, and no more than <see cref="Walked"/> are looked at for them.</summary>
    private const int Ranked = 300;
    private const int Walked = 6_000;

    // Fewer than this among those that are looked at, and the estimate was wrong: there are not many.
    private const int Doubtful = 100;

    // The plan depends on how common a word is, so it is made for this one.
    private const string PlanSql = "select set_config('plan_cache_mode', 'force_custom_plan', true)";

    /// <param name="db">An open connection.</param>
    /// <param name="reader">Who asks.</param>
    /// <param name="query">The text of a tsquery; null where no words are asked for.</param>
    /// <param name="filter">What else they must be.</param>
    /// <param name="sort">Their order.</param>
    /// <param name="page">Which of them.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<List<SearchHit>> Find(
        NpgsqlConnection db, Reader reader, string? query, SkillFilter filter, SkillSort sort, KeysetQuery page, CancellationToken ct)
    {
        var isCommon = query is null || await IsCommon(db, query, filter, ct);
        var (hits, ranked) = await Read(db, reader, query, filter, sort, page, isCommon, ct);
        var isDoubtful = query is not null && isCommon && sort == SkillSort.Relevance && hits.Count < page.Take && ranked < Doubtful;
        return isDoubtful ? (await Read(db, reader, query, filter, sort, page, isCommon: false, ct)).Hits : hits;
    }

    private static async Task<(List<SearchHit> Hits, long Ranked)> Read(
        NpgsqlConnection db, Reader reader, string? query, SkillFilter filter, SkillSort sort, KeysetQuery page, bool isCommon, CancellationToken ct)
    {
        var parameters = new List<NpgsqlParameter>(reader.Parameters) { Sql.Text(query), Sql.Value(page.Take) };
        var where = new List<string>();
        if (query is not null)
            where.Add("s.words @@ to_tsquery('english', $3)");
        filter.Add(parameters, where);
        where.Add(Sight.Visible());
        var sql = Statement(where, sort, sort.After(parameters, page), page.Backwards, isCommon);
        await using var batch = new NpgsqlBatch(db) { BatchCommands = { new NpgsqlBatchCommand(PlanSql), new NpgsqlBatchCommand(sql) } };
        batch.BatchCommands[1].Parameters.AddRange(parameters.ToArray());
        var hits = new List<SearchHit>();
        var ranked = 0L;
        await using var row = await batch.ExecuteReaderAsync(ct);
        await row.NextResultAsync(ct);
        while (await row.ReadAsync(ct))
        {
            hits.Add(new SearchHit(
                SkillReads.Row(row), row.IsDBNull(SkillReads.Width) ? 0 : row.GetDouble(SkillReads.Width), row.GetInt64(SkillReads.Width + 1)));
            ranked = row.GetInt64(SkillReads.Width + 2);
        }

        return (hits, ranked);
    }

    private static string Statement(List<string> where, SkillSort sort, string after, bool backwards, bool isCommon)
    {
        var matches = string.Join(" and ", where);
        var way = backwards ? "asc" : "desc";
        var one = $"select s.id, {sort.By} as by, {sort.Then ?? "0"}::bigint as second";
        var heat = sort.NeedsHeat ? "join skill_heat h on h.skill_id = s.id" : "";
        var found = (isCommon, sort == SkillSort.Relevance) switch
        {
            (true, true) =>
                $"""
                hit as materialized (
                  select s.id from (select h.skill_id, h.heat from skill_heat h order by h.heat desc, h.skill_id desc limit {Walked}) h
                    join skills s on s.id = h.skill_id
                   where {matches} order by h.heat desc, h.skill_id desc limit {Ranked}),
                page as materialized ({one} from hit join skills s on s.id = hit.id where {after} order by {sort.Order(backwards)} limit $4)
                """,
            (true, false) =>
                $"""
                hit as (select 0 as id where false),
                page as materialized (
                  {one} from {(sort.NeedsHeat ? "skill_heat h join skills s on s.id = h.skill_id" : "skills s")}
                   where {matches} and {after} order by {sort.Order(backwards)} limit $4)
                """,
            _ =>
                $"""
                hit as materialized ({one} from skills s {heat} where {matches} and {after}),
                page as materialized (select * from hit order by by {way}, second {way}, id {way} limit $4)
                """,
        };
        return
            $"""
            -- skills.search
            with {found}
            select {SkillReads.Columns}, {(sort.Cast == "timestamptz" ? "null" : "page.by")}::float8, page.second, (select count(*) from hit)
              from page join skills s on s.id = page.id join users u on u.id = s.author
             order by page.by {way}, page.second {way}, page.id {way}
            """;
    }

    /// <summary>As the planner estimates it from its statistics of words: a count would read what it counts.</summary>
    private static async Task<bool> IsCommon(NpgsqlConnection db, string query, SkillFilter filter, CancellationToken ct)
    {
        var parameters = new List<NpgsqlParameter> { Sql.Text(query) };
        var where = new List<string> { "s.words @@ to_tsquery('english', $1)" };
        filter.Add(parameters, where);
        await using var command = Sql.Command(
            db, $"-- skills.search_estimate\nexplain (format json) select from skills s where {string.Join(" and ", where)}", [.. parameters]);
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(ct))!);
        return plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble() > Many;
    }
}
