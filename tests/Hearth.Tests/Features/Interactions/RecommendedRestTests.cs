namespace Hearth.Tests.Features.Interactions;

/// <summary>On its own: the catalogue of the other tests of recommendations is a small one.</summary>
public sealed class RecommendedRestTests(InteractionsApp app) : IClassFixture<InteractionsApp>
{
    [Fact]
    public async Task Who_has_seen_nearly_all_is_shown_all_that_is_left()
    {
        var wanjiru = await app.SignUp("wanjiru");
        await app.Db.Execute("insert into contents (title, type) select 'film ' || i, 'movies' from generate_series(1, 7000) i");
        var left = new List<string>();
        await app.Db.Execute("insert into interaction_people (user_id, n) values ($1, 6994)", wanjiru.Id);
        await app.Db.Execute(
            """
            insert into interactions (user_id, type, content_id, by_external_id, value, created_at, updated_at)
            select $1, case when i % 7 = 0 then 9 else 7 end, id, false, 3, now(), now()
              from (select id, row_number() over (order by id) as i from contents) c where i not in (1, 2, 2500, 2501, 5000, 6600)
            """,
            wanjiru.Id);
        foreach (var place in new[] { 6600, 5000, 2501, 2500, 2, 1 })
            left.Add((await app.Db.Scalar<long>("select id from contents order by id offset $1 limit 1", place - 1)).ToString(System.Globalization.CultureInfo.InvariantCulture));

        // 6600 is no candidate: only the newest 300 are.
        Assert.Equal(left[..3], await Ids("?limit=3"));
        Assert.Equal(left, await Ids("?limit=20"));
        // What was only played may come again; what was rated low may not.
        var again = await Ids("?limit=100&includeConsumed=true");
        Assert.Equal(100, again.Count);
        Assert.Equal(100, again.Distinct().Count());

        async Task<List<string>> Ids(string query) =>
            [.. (await wanjiru.Get($"/interactions/recommendations/{wanjiru.Id}{query}")).Is(200)["data"].EnumerateArray().Select(one => one.GetProperty("contentId").GetString()!)];
    }
}
