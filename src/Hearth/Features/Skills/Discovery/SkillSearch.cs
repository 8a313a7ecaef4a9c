using System.Text.Json;
using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>What is asked for in words, as texts of tsqueries.</summary>
/// <param name="Words">The words, anywhere in a skill.</param>
/// <param name="Heads">The same words in its title, tags or category.</param>
internal sealed record SearchQuery(string Words, string Heads);

/// <summary>
/// Finds skills by words, filters and orders. What few skills match is found by the index of words and put in order; what many match is
/// looked for where it comes soon in the order: neither reads more than some thousand rows.
/// </summary>
internal static class SkillSearch
{
    // Since what so many have is found and put in order in a few milliseconds.
    private const int Few = 300;

    // Where the words are, as relevance goes by it first.
    private const int InHeads = 2;
    private const int InTexts = 1;

    // The plan depends on how common a word is, so it is made for this one; that of a walk does not.
    private const string PlanForThisSql = "select set_config('plan_cache_mode', 'force_custom_plan', true)";

    /// <param name="db">An open connection.</param>
    /// <param name="reader">Who asks.</param>
    /// <param name="query">The words; null where none are asked for.</param>
    /// <param name="filter">What else they must be.</param>
    /// <param name="sort">Their order.</param>
    /// <param name="page">Which of them.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<List<SearchHit>> Find(
        NpgsqlConnection db, Reader reader, SearchQuery? query, SkillFilter filter, SkillSort sort, KeysetQuery page, CancellationToken ct)
    {
        var places = await Places(db, reader, query, filter, sort, page, ct);
        var rows = (await SkillReads.Named(db, reader, [.. places.Select(place => place.Id)], ct)).ToDictionary(row => row.Id);
        return [.. places.Where(place => rows.ContainsKey(place.Id)).Select(place => new SearchHit(rows[place.Id], place.By, place.Then))];
    }

    private static async Task<List<Place>> Places(
        NpgsqlConnection db, Reader reader, SearchQuery? query, SkillFilter filter, SkillSort sort, KeysetQuery page, CancellationToken ct)
    {
        if (query is null)
            return (await Read(db, reader, new SearchPlan(query, filter, sort, page, SearchWay.Walk), ct)).Places;
        if (sort == SkillSort.Relevance)
            return await Relevant(db, reader, query, filter, page, ct);
        var about = await Estimate(db, SearchPlan.Matches, query.Words, filter, ct);
        var way = about > SearchPlan.Many ? SearchWay.Walk : about > Few ? SearchWay.Many : SearchWay.Few;
        var plan = new SearchPlan(query, filter, sort, page, way);
        if (sort.IsIndexed && about > Few && await Edge(db, plan, about, ct) is { } edge
            && (await Read(db, reader, plan with { Edge = edge, Way = SearchWay.Walk }, ct)).Places is var soon && soon.Count == page.Take)
            return soon;
        return (await Read(db, reader, plan, ct)).Places;
    }

    /// <summary>First what has the words in its title, tags or category, then what has them in its texts.</summary>
    private static async Task<List<Place>> Relevant(
        NpgsqlConnection db, Reader reader, SearchQuery query, SkillFilter filter, KeysetQuery page, CancellationToken ct)
    {
        var from = page.Cursor?.Long(0);
        var headsAbout = await Estimate(db, SearchPlan.HeadMatches, query.Words, filter, ct);
        // Of what many have in their titles, those that trend most are all that is shown.
        int[] tiers = headsAbout > SearchPlan.Many ? [InHeads] : page.Backwards ? [InTexts, InHeads] : [InHeads, InTexts];
        var places = new List<Place>();
        foreach (var tier in tiers.Where(tier => from is null || (page.Backwards ? tier >= from : tier <= from)))
        {
            if (places.Count >= page.Take)
                break;
            var about = tier == InHeads ? headsAbout : await Estimate(db, SearchPlan.Matches, query.Words, filter, ct);
            var rest = page with { Limit = page.Limit - places.Count, Cursor = tier == from ? page.Cursor : null };
            places.AddRange(await Tier(db, reader, new SearchPlan(query, filter, SkillSort.Relevance, rest, SearchWay.Few, tier == InHeads), about, page.Backwards, ct));
        }

        return places;
    }

    private static async Task<List<Place>> Tier(NpgsqlConnection db, Reader reader, SearchPlan plan, double about, bool backwards, CancellationToken ct)
    {
        plan = plan with { Backwards = backwards };
        if (about > SearchPlan.Many)
        {
            // Fewer than this among those that are looked at, and the estimate was wrong: there are not many.
            const int doubtful = 100;
            var (places, ranked) = await Read(db, reader, plan with { Way = SearchWay.Walk }, ct);
            if (places.Count == plan.Page.Take || ranked >= doubtful)
                return places;
        }

        return (await Read(db, reader, plan, ct)).Places;
    }

    /// <summary>Up to where in the order there should be three pages of what matches; null where that is its end.</summary>
    private static async Task<NpgsqlParameter[]?> Edge(NpgsqlConnection db, SearchPlan plan, double about, CancellationToken ct)
    {
        var parameters = new List<NpgsqlParameter> { Sql.Value(3 * plan.Page.Take / about) };
        await using var command = Sql.Command(db, plan.EdgeStatement(parameters), [.. parameters]);
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
            return null;
        NpgsqlParameter first = plan.Sort.Cast switch
        {
            "timestamptz" => Sql.Time(row.GetDateTime(0)),
            "real" => Sql.Value(row.GetFloat(0)),
            _ => Sql.Value(row.GetInt32(0)),
        };
        return [first, .. Enumerable.Range(1, row.FieldCount - 1).Select(part => Sql.Value(Convert.ToInt64(row.GetValue(part), null)))];
    }

    private static async Task<(List<Place> Places, long Ranked)> Read(NpgsqlConnection db, Reader reader, SearchPlan plan, CancellationToken ct)
    {
        var parameters = new List<NpgsqlParameter>(reader.Parameters) { Sql.Text(plan.Query?.Words), Sql.Value(plan.Page.Take) };
        var sql = plan.Statement(parameters);
        await using var batch = new NpgsqlBatch(db)
        {
            BatchCommands = { new NpgsqlBatchCommand(plan.WalksHeat ? Sql.KeepPlan : PlanForThisSql), new NpgsqlBatchCommand(sql) },
        };
        batch.BatchCommands[1].Parameters.AddRange(parameters.ToArray());
        var places = new List<Place>();
        var ranked = 0L;
        await using var row = await batch.ExecuteReaderAsync(ct);
        await row.NextResultAsync(ct);
        while (await row.ReadAsync(ct))
        {
            places.Add(new Place(row.GetInt64(0), row.IsDBNull(1) ? 0 : row.GetDouble(1), row.GetInt64(2)));
            ranked = row.GetInt64(3);
        }

        return (places, ranked);
    }

    /// <summary>How many match, as the planner estimates it from its statistics of words: a count would read what it counts.</summary>
    private static async Task<double> Estimate(NpgsqlConnection db, Func<string, string> matches, string query, SkillFilter filter, CancellationToken ct)
    {
        var parameters = new List<NpgsqlParameter> { Sql.Text(query) };
        var where = new List<string> { matches("$1") };
        filter.Add(parameters, where);
        await using var command = Sql.Command(
            db, $"-- skills.search_estimate\nexplain (format json) select from skills s where {string.Join(" and ", where)}", [.. parameters]);
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(ct))!);
        return plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble();
    }
}
