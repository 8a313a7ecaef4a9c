using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>A category as one of its authors writes it, and how many skills of it the reader may see.</summary>
internal sealed record CategoryView(string Category, long Skills);

/// <summary>What trends, the most first, and how that is told.</summary>
/// <param name="Formula">In words.</param>
/// <param name="HalfLifeDays">After so many days a deed counts half.</param>
/// <param name="Weights">What each input counts.</param>
/// <param name="AsOf">The time that the scores are of.</param>
internal sealed record TrendingSkills(
    string Formula, double HalfLifeDays, TrendInputs Weights, DateTime AsOf, IReadOnlyList<SkillView> Results, string? Next, string? Previous);

/// <summary>Finding skills.</summary>
internal static class DiscoveryEndpoints
{
    public static void MapDiscovery(this IEndpointRouteBuilder routes)
    {
        var discovery = routes.MapGroup("/api/v1/discovery").WithDialect(Dialect.Problem).WithTags("Discovery").RequireSignedIn().Limit(RateLimit.Reads);
        discovery.MapGet("/skills/search", Search).WithKeyset().Produces<KeysetPage<SkillView>>()
            .WithQuery("q", "Words; one that no skill has stands for what it may have been meant as.", "sourdogh")
            .WithQuery("category", "Only of this category.", "wellbeing")
            .WithQuery("difficulty", "Only of this difficulty.", "beginner", SkillDraft.Difficulties)
            .WithQuery("min_rating", "Only with at least this mean.", 4.0)
            .WithQuery("sort", "The order; without words relevance is as trending.", "relevance", SkillSort.Names);
        discovery.MapGet("/skills/trending", Trending).WithKeyset().Produces<TrendingSkills>()
            .WithQuery("category", "Only of this category.", "wellbeing");
        discovery.MapGet("/skills/categories", Categories).Produces<KeysetPage<CategoryView>>();
        discovery.MapGet("/recommendations", Recommendations).Produces<KeysetPage<SkillView>>().WithQuery("limit", "How many, at most 100.", 20);
        discovery.MapPost("/skills/{id}/skip", Skip).Limit(RateLimit.Reactions).Produces(StatusCodes.Status204NoContent);
        discovery.MapDelete("/skills/{id}/skip", Unskip).Limit(RateLimit.Reactions).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Search skills</summary>
    /// <remarks>
    /// Every word must be in a skill's title, tags, category, description or days; by relevance those come first that have all of them in title,
    /// tags or category. Of words that more than 3,000 skills have, relevance ranks the 300 that trend most.
    /// </remarks>
    private static async Task<Answer> Search(HttpContext http, NpgsqlDataSource source)
    {
        var ct = http.RequestAborted;
        var text = http.QueryText("q", 200);
        var name = http.QueryChoice("sort", "relevance", SkillSort.Names);
        var sort = text is null && name == "relevance" ? SkillSort.Trending : SkillSort.Named(name);
        var difficulty = http.QueryChoice("difficulty", "", SkillDraft.Difficulties);
        var filter = new SkillFilter(
            Category: http.QueryText("category"),
            Difficulty: difficulty.Length == 0 ? null : SkillDraft.Choice("difficulty", difficulty, SkillDraft.Difficulties),
            LeastRating: http.QueryNumber("min_rating", 0, 5) is > 0 and var least ? least : null);
        var page = http.KeysetQuery(sort.Parts);
        await using var db = await source.OpenConnectionAsync(ct);
        var hits = await Find(db, Reader.Of(http.Caller()), text, filter, sort, page, ct);
        return Answer.Ok(Keyset.Page(http, page, hits, sort.Key, hit => hit.Row.View));
    }

    private static async Task<List<SearchHit>> Find(
        NpgsqlConnection db, Reader reader, string? text, SkillFilter filter, SkillSort sort, KeysetQuery page, CancellationToken ct)
    {
        if (text is null)
            return await SkillSearch.Find(db, reader, null, filter, sort, page, ct);
        var words = SearchWords.Of(text);
        if (words.Length == 0)
            return [];
        var query = await SearchWords.Query(db, words, guess: false, ct);
        var hits = await SkillSearch.Find(db, reader, query, filter, sort, page, ct);
        if (hits.Count > 0 || page.Cursor is not null && !await IsGuess(db, reader, query, filter, sort, page, ct))
            return hits;
        return await SkillSearch.Find(db, reader, await SearchWords.Query(db, words, guess: true, ct), filter, sort, page, ct);
    }

    /// <summary>Whether a later page belongs to a search whose words, as they are, found nothing.</summary>
    private static async Task<bool> IsGuess(
        NpgsqlConnection db, Reader reader, SearchQuery query, SkillFilter filter, SkillSort sort, KeysetQuery page, CancellationToken ct) =>
        (await SkillSearch.Find(db, reader, query, filter, sort, page with { Cursor = null, Limit = 1 }, ct)).Count == 0;

    /// <summary>What trends</summary>
    /// <remarks>By what was done with each skill, of which the recent counts more: the answer tells the formula and each skill's inputs.</remarks>
    private static async Task<Answer> Trending(HttpContext http, NpgsqlDataSource source, TimeProvider time)
    {
        var page = http.KeysetQuery(2);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return Answer.Ok(await TrendReads.List(http, db, Reader.Of(http.Caller()), http.QueryText("category"), page, time));
    }

    /// <summary>The categories, those with most skills first</summary>
    /// <remarks>At most the first 100; counts are of what the caller may see.</remarks>
    private static async Task<Answer> Categories(HttpContext http, NpgsqlDataSource source)
    {
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return Answer.Ok(new KeysetPage<CategoryView>(await TrendReads.Categories(db, Reader.Of(http.Caller()), http.RequestAborted), null, null));
    }

    /// <summary>Skills for me</summary>
    /// <remarks>
    /// What people liked and downloaded who like what I do, what those share whom I follow, what is popular and what is new in my
    /// categories; for who is new, what trends. `because` says which of these. What I made, liked, downloaded, rated or skipped is not
    /// among them, and what I rated two or less or skipped counts against its category at once.
    /// </remarks>
    private static async Task<Answer> Recommendations(HttpContext http, NpgsqlDataSource source)
    {
        var limit = http.QueryInt("limit", 20, 1, 100);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var skills = await Recommender.For(db, Reader.Of(http.Caller()), limit, http.RequestAborted);
        return Answer.Ok(new KeysetPage<SkillView>(skills, null, null));
    }

    /// <summary>Recommend a skill to me no more</summary>
    private static Task<Answer> Skip(HttpContext http, Skips skips, string id) => skips.Set(http, SkillReads.Uuid(id), skipped: true);

    /// <summary>A skill may be recommended to me again</summary>
    private static Task<Answer> Unskip(HttpContext http, Skips skips, string id) => skips.Set(http, SkillReads.Uuid(id), skipped: false);
}
