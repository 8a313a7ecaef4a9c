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
    public const int Many = 8_000;

    /// <summary>Of those, relevance is told of the ones that trend most.</summary>
    private const int Ranked = 300;

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
        var parameters = new List<NpgsqlParameter>(reader.Parameters) { Sql.Text(query), Sql.Value(page.Take) };
        var where = new List<string>();
        if (query is not null)
            where.Add("s.words @@ to_tsquery('english', $3)");
        filter.Add(parameters, where);
        var sql = Statement(where, sort, sort.After(parameters, page), page.Backwards, isCommon);
        await using var batch = new NpgsqlBatch(db) { BatchCommands = { new NpgsqlBatchCommand(PlanSql), new NpgsqlBatchCommand(sql) } };
        batch.BatchCommands[1].Parameters.AddRange(parameters.ToArray());
        var hits = new List<SearchHit>();
        await using var row = await batch.ExecuteReaderAsync(ct);
        await row.NextResultAsync(ct);
        while (await row.ReadAsync(ct))
        {
            hits.Add(new SearchHit(
                SkillReads.Row(row), row.IsDBNull(SkillReads.Width) ? 0 : row.GetDouble(SkillReads.Width), row.GetInt64(SkillReads.Width + 1)));
        }

        return hits;
    }

    private static string Statement(List<string> where, SkillSort sort, string after, bool backwards, bool isCommon)
    {
        var matches = string.Join(" and ", where.DefaultIfEmpty("true"));
        var isRanked = sort == SkillSort.Relevance;
        var (hits, from, matching) = (isCommon, isRanked) switch
        {
            (true, true) => (
                $"""
                hit as materialized (
                  select s.id from skill_heat h join skills s on s.id = h.skill_id where {matches} and {Sight.Visible()}
                   order by h.heat desc, h.skill_id desc limit {Ranked}),
                """,
                "hit join skills s on s.id = hit.id", "true"),
            (true, false) => ("", sort.NeedsHeat ? "skill_heat h join skills s on s.id = h.skill_id" : "skills s", matches),
            _ => (
                $"hit as materialized (select s.id from skills s where {matches}),",
                $"hit join skills s on s.id = hit.id {(sort.NeedsHeat ? "join skill_heat h on h.skill_id = s.id" : "")}", "true"),
        };
        var way = backwards ? "asc" : "desc";
        return
            $"""
            -- skills.search
            with {hits}
            page as materialized (
              select s.id, {sort.By} as by, {sort.Then ?? "0"}::bigint as second
                from {from}
               where {matching} and {Sight.Visible()} and {after}
               order by {sort.Order(backwards)} limit $4)
            select {SkillReads.Columns}, {(sort.Cast == "timestamptz" ? "null" : "page.by")}::float8, page.second
              from page join skills s on s.id = page.id join users u on u.id = s.author
             order by page.by {way}, page.second {way}, page.id {way}
            """;
    }

    private static async Task<bool> IsCommon(NpgsqlConnection db, string query, SkillFilter filter, CancellationToken ct)
    {
        var parameters = new List<NpgsqlParameter> { Sql.Text(query) };
        var where = new List<string> { "s.words @@ to_tsquery('english', $1)" };
        filter.Add(parameters, where);
        var sql =
            $"""
            -- skills.search_count
            select count(*) from (select from skills s where {string.Join(" and ", where)} limit {Many + 1}) matching
            """;
        await using var batch = new NpgsqlBatch(db) { BatchCommands = { new NpgsqlBatchCommand(PlanSql), new NpgsqlBatchCommand(sql) } };
        batch.BatchCommands[1].Parameters.AddRange(parameters.ToArray());
        await using var row = await batch.ExecuteReaderAsync(ct);
        await row.NextResultAsync(ct);
        await row.ReadAsync(ct);
        return row.GetInt64(0) > Many;
    }
}
