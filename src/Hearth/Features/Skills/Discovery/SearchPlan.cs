using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>How matches are come by.</summary>
internal enum SearchWay
{
    /// <summary>All of them by the index of words, then put in order.</summary>
    Few,

    /// <summary>All of them by the index of words; what trends is then walked until enough of them came by.</summary>
    Many,

    /// <summary>Down the order, until there are enough.</summary>
    Walk,
}

/// <summary>A search as a statement. Its first parameters: the reader, whether they moderate, the words, how many.</summary>
/// <param name="Query">The words; null for none.</param>
/// <param name="Filter">What else matches must be.</param>
/// <param name="Sort">Their order.</param>
/// <param name="Page">Which of them.</param>
/// <param name="Way">How they are come by.</param>
/// <param name="InHeads">Of relevance: whether the words are in title, tags or category; or not all of them.</param>
internal sealed record SearchPlan(SearchQuery? Query, SkillFilter Filter, SkillSort Sort, KeysetQuery Page, SearchWay Way, bool InHeads = false)
{
    /// <summary>More than so many skills with a word say little about any of them.</summary>
    public const int Many = 3_000;

    /// <summary>Of many, relevance is told of so many that trend most, and no more than <see cref="Walked"/> are looked at for them.</summary>
    private const int Ranked = 300;
    private const int Walked = 5_000;

    /// <summary>What matches come before: the key of a place in the order.</summary>
    public NpgsqlParameter[]? Edge { get; init; }

    public bool Backwards { get; init; } = Page.Backwards;

    /// <summary>How the statement is best done does not depend on the words: its plan is kept, and so the words must be parsed once and not per row.</summary>
    public bool WalksHeat => Way == SearchWay.Walk && Sort == SkillSort.Relevance;

    private string Direction => Backwards ? "asc" : "desc";

    /// <summary>The words anywhere in the skill <c>s</c>.</summary>
    public static string Matches(string words) => $"s.words @@ to_tsquery('english', {words})";

    /// <summary>The words in title, tags or category, so that their index serves.</summary>
    public static string HeadMatches(string words) => $"ts_filter(s.words, '{{a,b}}') @@ to_tsquery('english', {words})";

    public string Statement(List<NpgsqlParameter> parameters)
    {
        var where = new List<string>(Words(parameters));
        Filter.Add(parameters, where, Sort.NeedsHeat && Way == SearchWay.Walk ? "h" : "s");
        where.Add(Sight.Visible());
        if (Edge is not null)
            where.Add(BeforeEdge(parameters));
        var found = Found(string.Join(" and ", where), Sort.After(parameters, Page, WalksHeat ? "by, id" : Sort.Row));
        return
            $"""
            -- skills.search
            with {found}
            select page.id, {(Sort.Cast == "timestamptz" ? "null" : "page.by")}::float8, page.second, (select count(*) from hit)
              from page order by page.by {Direction}, page.second {Direction}, page.id {Direction}
            """;
    }

    /// <summary>The key of the place so many rows down the order as there are skills, times the first parameter.</summary>
    public string EdgeStatement(List<NpgsqlParameter> parameters) =>
        $"""
        -- skills.search_edge
        select {Sort.Row} from skills s where {Sort.After(parameters, Page, Sort.Row)} order by {Sort.Order(Backwards)}
        offset (select (greatest(c.reltuples, 0) * $1)::bigint from pg_class c where c.oid = 'skills'::regclass) limit 1
        """;

    private string BeforeEdge(List<NpgsqlParameter> parameters)
    {
        var first = parameters.Count;
        parameters.AddRange(Edge!);
        return $"({Sort.Row}) {(Backwards ? "<=" : ">=")} ({string.Join(", ", Enumerable.Range(first + 1, Edge!.Length).Select(n => $"${n}"))})";
    }

    private IEnumerable<string> Words(List<NpgsqlParameter> parameters)
    {
        if (Query is null)
            yield break;
        if (Sort != SkillSort.Relevance)
        {
            yield return Matches("$3");
            yield break;
        }

        if (InHeads)
        {
            yield return Way == SearchWay.Few ? HeadMatches("$3") : "h.heads @@ (select to_tsquery('english', $3))";
            yield break;
        }

        // With the letters of their weights, the words are told by the skill itself.
        parameters.Add(Sql.Text(Query.Heads));
        yield return $"{Matches("$3")} and not ({Matches($"${parameters.Count}")})";
    }

    private string Found(string matches, string after)
    {
        var second = Sort == SkillSort.Relevance ? InHeads ? "2" : "1" : Sort.Then ?? "0";
        var one = $"select {Sort.Id} as id, {Sort.By} as by, {second}::bigint as second";
        var order = Sort.Order(Backwards);
        return (Way, Sort) switch
        {
            (SearchWay.Walk, _) when WalksHeat =>
                $"""
                hit as materialized (
                  {one} from (select h.skill_id, h.heat, h.heads from skill_heat h order by h.heat desc, h.skill_id desc limit {Walked}) h
                    join skills s on s.id = h.skill_id
                   where {matches} order by h.heat desc, h.skill_id desc limit {Ranked}),
                page as materialized (select * from hit where {after} order by by {Direction}, id {Direction} limit $4)
                """,
            (SearchWay.Walk, _) =>
                $"""
                hit as (select 0 as id where false),
                page as materialized (
                  {one} from {(Sort.NeedsHeat ? "skill_heat h join skills s on s.id = h.skill_id" : "skills s")}
                   where {matches} and {after} order by {order} limit $4)
                """,
            // Not a join, which would look the heat of each up.
            (SearchWay.Many, { NeedsHeat: true }) =>
                $"""
                hit as materialized (select s.id from skills s where {matches}),
                page as materialized ({one} from skill_heat h where (h.skill_id in (select id from hit)) is true and {after} order by {order} limit $4)
                """,
            _ =>
                $"""
                hit as materialized ({one} from skills s {(Sort.NeedsHeat ? "join skill_heat h on h.skill_id = s.id" : "")} where {matches} and {after}),
                page as materialized (select * from hit order by by {Direction}, second {Direction}, id {Direction} limit $4)
                """,
        };
    }
}
