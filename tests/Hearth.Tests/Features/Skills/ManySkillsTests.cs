using System.Text.Json;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Skills;

/// <summary>Among thousands of skills a search goes other ways than among few; what it finds is the same.</summary>
public sealed class ManySkillsTests(SkillsApp app) : IClassFixture<SkillsApp>
{
    private const string Search = "/api/v1/discovery/skills/search";

    // Of 5,000 skills all are common, every fifth is usual, and every thirtieth has that in its title. Every fiftieth is not for everybody.
    private const string LoadSql =
        """
        with made as (
          insert into skills (author, title, description, category, category_key, difficulty, tags, days, visibility, words, likes, downloads, rating_sum, rating_count, created_at)
          select $1, t.title, t.text, 'Many', 'many', 1 + n % 3, '{}', '[]', case when n % 50 = 7 then 3 else 1 end,
                 setweight(to_tsvector('english', t.title), 'A') || setweight(to_tsvector('english', 'Many'), 'B') || setweight(to_tsvector('english', t.text), 'C'),
                 n % 11, n * 7 % 501, n % 6 * 3, n % 6, now() - n * 37 % 5000 * interval '1 minute'
            from (select n, case when n % 30 = 0 then 'Usual ' else '' end || 'skill ' || n as title, 'Something common' || case when n % 5 = 0 then ', and usual' else '' end as text
                    from generate_series(1, 5000) n) t
          returning id, words)
        insert into skill_heat (skill_id, category_key, heads, views)
        select id, 'many', ts_filter(words, '{a,b}'), id * 7919 % 5003 from made
        """;

    // Of 1,500 skills a person likes all but the three that trend least.
    private const string LikedSql =
        """
        with made as (
          insert into skills (author, title, description, category, category_key, difficulty, tags, days, visibility, words, created_at)
          select $1, 'Liked ' || n, '', 'Much', 'much', 1, '{}', '[]', 1, '', now() - n * interval '1 hour' from generate_series(1, 1500) n
          returning id, substr(title, 7)::int as n),
        heat as (insert into skill_heat (skill_id, category_key, heads, views) select id, 'much', '', n from made)
        insert into skill_likes (skill_id, user_id, at) select id, $2, now() - n * interval '1 second' from made where n > 3
        """;

    private static readonly Dictionary<string, string> Orders = new(StringComparer.Ordinal)
    {
        ["newest"] = "s.created_at desc, s.id desc",
        ["rating"] = "s.rating desc, s.rating_count desc, s.id desc",
        ["downloads"] = "s.downloads desc, s.id desc",
        ["trending"] = "h.heat desc, s.id desc",
    };

    [Fact]
    public async Task What_many_skills_have_is_found_in_its_order_page_by_page()
    {
        var (author, reader) = (await app.SignUp("author"), await app.SignUp("reader"));
        await app.Db.Execute(LoadSql, author.Id);
        await app.Db.Execute("insert into skill_categories select 'many', count(*) filter (where visibility = 1), count(*) filter (where visibility <> 3) from skills where category_key = 'many'");
        await app.Db.Execute("analyze skills");
        await app.Db.Execute("analyze skill_heat");

        foreach (var (sort, order) in Orders)
        {
            foreach (var (query, matches) in new[] { ("q=usual", "s.words @@ 'usual'"), ("q=common", "true"), ("q=common&difficulty=advanced", "s.difficulty = 3"), ("category=many", "true") })
            {
                var expected = await app.Db.Rows(
                    $"select s.title from skills s join skill_heat h on h.skill_id = s.id where s.category_key = 'many' and s.visibility = 1 and {matches} order by {order} limit 75");
                await Walks(reader, $"{query}&sort={sort}", expected);
            }
        }

        // In the title before elsewhere, and all of it: no page forgets or repeats one.
        var heads = await app.Db.Scalar<long>("select count(*) from skills where visibility = 1 and words @@ 'usual:A'");
        var found = await Titles(reader, $"{Search}?q=usual&limit=100", pages: 20);
        Assert.Equal(await app.Db.Scalar<long>("select count(*) from skills where visibility = 1 and words @@ 'usual'"), found.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(found.Count, found.Distinct(StringComparer.Ordinal).Count());
        Assert.All(found.Take((int)heads), title => Assert.StartsWith("Usual", title, StringComparison.Ordinal));
        Assert.All(found.Skip((int)heads), title => Assert.StartsWith("skill", title, StringComparison.Ordinal));

        // Of what is common to all, those that trend most.
        Assert.Equal(300, (await Titles(reader, $"{Search}?q=many&limit=100", pages: 9)).Count);
    }

    [Fact]
    public async Task Whoever_likes_more_than_a_thousand_skills_is_recommended_none_of_them()
    {
        var (author, fan) = (await app.SignUp("prolific"), await app.SignUp("fan"));
        await app.Db.Execute(LikedSql, author.Id, fan.Id);

        var recommended = Titles((await fan.Get("/api/v1/discovery/recommendations?limit=20")).Is(200)).Where(title => title.StartsWith("Liked", StringComparison.Ordinal));

        Assert.Equal(["Liked 1", "Liked 2", "Liked 3"], recommended.Order(StringComparer.Ordinal));
    }

    /// <summary>Forwards in pages of 25, and back from the last to the first.</summary>
    private static async Task Walks(Person reader, string query, IReadOnlyList<string> expected)
    {
        var walked = new List<string>();
        var page = (await reader.Get($"{Search}?{query}&limit=25")).Is(200);
        walked.AddRange(Titles(page));
        for (var pages = 1; pages < 3; pages++)
        {
            page = (await reader.Get(page["next"].GetString()!)).Is(200);
            walked.AddRange(Titles(page));
        }

        Assert.Equal(expected, walked);
        Assert.Equal(expected.Skip(25).Take(25), Titles((await reader.Get(page["previous"].GetString()!)).Is(200)));
    }

    private static async Task<List<string>> Titles(Person reader, string path, int pages)
    {
        var titles = new List<string>();
        for (string? next = path; next is not null && pages-- > 0;)
        {
            var page = (await reader.Get(next)).Is(200);
            titles.AddRange(Titles(page));
            next = page["next"].ValueKind == JsonValueKind.Null ? null : page["next"].GetString();
        }

        return titles;
    }

    private static IEnumerable<string> Titles(Reply reply) => reply["results"].EnumerateArray().Select(one => one.GetProperty("title").GetString()!);
}
