using System.Text.Json;
using Hearth.Features.Skills;
using Hearth.Platform;
using Hearth.Tests.Harness;
using static Hearth.Tests.Features.Skills.SkillsApp;

namespace Hearth.Tests.Features.Skills;

/// <summary>The tests of a class share an application: each has words and categories of its own.</summary>
public sealed class SearchTests(SkillsApp app) : IClassFixture<SkillsApp>
{
    private const string Social = "/api/v1/social";
    private const string Discovery = "/api/v1/discovery";

    [Fact]
    public async Task A_title_counts_more_than_a_tag_and_a_tag_more_than_a_text()
    {
        var amina = await app.SignUp("amina");
        await Share(amina, "Cooking for two", description: "There is a chapter about gardens, too.");
        await Share(amina, "Green fingers", tags: ["garden"]);
        await Share(amina, "A garden in a box");
        await Share(amina, "Knots");

        Assert.Equal(["A garden in a box", "Green fingers", "Cooking for two"], await Titles(amina, "q=Gardening"));
        Assert.Equal(["A garden in a box"], await Titles(amina, "q=box+garden"));
        Assert.Empty(await Titles(amina, "q=zzzzqqq"));
        Assert.Empty(await Titles(amina, "q=%21%21"));
    }

    [Fact]
    public async Task A_misspelt_word_finds_what_was_meant()
    {
        var amina = await app.SignUp("amina");
        await Share(amina, "Learn Python programming in 30 days");
        await Share(amina, "Sourdough and patience");

        foreach (var typed in new[] { "pyhton", "pythn", "Pythonn", "progamming", "prog", "pyhton progamming", "lern pyton" })
            Assert.Equal(["Learn Python programming in 30 days"], await Titles(amina, $"q={Uri.EscapeDataString(typed)}"));
    }

    [Fact]
    public async Task What_only_others_may_see_neither_shows_nor_keeps_a_guess_away()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        await Share(amina, "Juggling", category: "Circus");
        await Share(bilal, "My jugglign", "private", "Circus");

        Assert.Equal(["Juggling"], await Titles(amina, "q=jugglign"));
        Assert.Equal(["My jugglign"], await Titles(bilal, "q=jugglign"));
        Assert.Equal(["Circus|1"], await Categories(amina, "Circus"));
        Assert.Equal(["Circus|2"], await Categories(bilal, "Circus"));
        (await bilal.Post($"/api/v1/users/{amina.Uuid}/block")).Is(201);
        Assert.DoesNotContain("Juggling", await Titles(bilal, "q=juggling"));
        Assert.Equal(["Circus|1"], await Categories(bilal, "Circus"));
    }

    [Fact]
    public async Task Categories_count_what_their_reader_may_see()
    {
        var (amina, bilal, moderator) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("mod", Roles.Moderator));
        await Share(amina, "Knots", category: "Ropes");
        await Share(amina, "Splices", "followers", "ROPES");
        await Share(amina, "Secrets", "private", "Ropes");
        var moved = await Share(amina, "Hitches", "private", "Rigging");
        Assert.Equal(("Ropes|3", "Ropes|1", "Ropes|2"), (await Ropes(amina), await Ropes(bilal), await Ropes(moderator)));

        await app.Follow(bilal, amina);
        Assert.Equal("Ropes|2", await Ropes(bilal));
        (await amina.Put($"{Social}/skills/{moved}", new { category = "ropes", visibility = "public" })).Is(200);
        Assert.Equal(("Ropes|4", "Ropes|3", "Ropes|3"), (await Ropes(amina), await Ropes(bilal), await Ropes(moderator)));
        Assert.Empty(await Categories(amina, "Rigging"));
        (await amina.Put($"{Social}/skills/{moved}", new { description = "A turn and two more" })).Is(200);
        (await amina.Delete($"{Social}/skills/{moved}")).Is(204);
        Assert.Equal(("Ropes|3", "Ropes|2", "Ropes|2"), (await Ropes(amina), await Ropes(bilal), await Ropes(moderator)));
        await app.VerifySkills();

        async Task<string> Ropes(Person reader) => (await Categories(reader, "Ropes", "ROPES", "ropes"))[0].Replace("ROPES", "Ropes", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_and_orders_go_together_and_pages_follow_each_other()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var skill = await amina.Post($"{Social}/skills", new { title = $"Bread {i}", category = i < 3 ? "Cooking" : "Baking", difficulty = i == 0 ? "advanced" : "beginner" });
            ids.Add(skill.Is(201)["id"].GetString()!);
        }

        (await bilal.Post($"{Social}/skills/{ids[1]}/rate", new { rating = 5 })).Is(200);
        (await bilal.Post($"{Social}/skills/{ids[2]}/rate", new { rating = 3 })).Is(200);
        (await bilal.Post($"{Social}/skills/{ids[3]}/download")).Is(200);
        (await amina.Post($"{Social}/skills/{ids[3]}/download")).Is(200);
        (await amina.Post($"{Social}/skills/{ids[4]}/download")).Is(200);

        Assert.Equal(["Bread 4", "Bread 3", "Bread 2", "Bread 1", "Bread 0"], await Titles(bilal, "q=bread&sort=newest"));
        Assert.Equal(["Bread 3", "Bread 4"], (await Titles(bilal, "q=bread&sort=downloads"))[..2]);
        Assert.Equal(["Bread 1", "Bread 2"], (await Titles(bilal, "q=bread&sort=rating"))[..2]);
        Assert.Equal(["Bread 1"], await Titles(bilal, "q=bread&min_rating=3.5"));
        Assert.Equal(["Bread 0"], await Titles(bilal, "category=cooking&difficulty=advanced&sort=newest"));
        Assert.Equal(["Bread 4", "Bread 3"], await Titles(bilal, "q=bred&category=BAKING&sort=newest"));
        Assert.Equal(["Cooking|3", "Baking|2"], await Categories(bilal, "Cooking", "Baking"));
        foreach (var sort in SkillSort.Names)
        {
            var all = await Titles(bilal, $"q=bread&sort={sort}");
            var walked = new List<string>();
            var page = (await bilal.Get($"{Discovery}/skills/search?q=bread&sort={sort}&limit=2")).Is(200);
            walked.AddRange(Titles(page));
            while (page["next"].ValueKind != JsonValueKind.Null)
            {
                page = (await bilal.Get(page["next"].GetString()!)).Is(200);
                walked.AddRange(Titles(page));
            }

            Assert.Equal(all, walked);
            Assert.Equal(all[2..4], Titles((await bilal.Get(page["previous"].GetString()!)).Is(200)));
        }

        foreach (var wrong in new[] { "sort=best", "difficulty=easy", "min_rating=6", "min_rating=x", "limit=0", "cursor=abc", "sort=rating&cursor=PjE" })
            (await bilal.Get($"{Discovery}/skills/search?{wrong}")).Is(400);
    }

    [Theory]
    [InlineData("python", "pyhton", 1)]
    [InlineData("bread", "bread", 0)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    public void Letters_added_dropped_changed_or_swapped_make_the_distance(string one, string other, int distance) =>
        Assert.Equal(distance, SearchWords.Distance(one, other));

    private static async Task<string[]> Titles(Person reader, string query) =>
        Titles((await reader.Get($"{Discovery}/skills/search?limit=100&{query}")).Is(200));

    private static string[] Titles(Reply reply) => [.. reply["results"].EnumerateArray().Select(one => one.GetProperty("title").GetString()!)];

    private static async Task<string[]> Categories(Person reader, params string[] which) =>
    [
        .. (await reader.Get($"{Discovery}/skills/categories")).Is(200)["results"].EnumerateArray()
            .Select(one => (Name: one.GetProperty("category").GetString()!, Text: $"{one.GetProperty("category").GetString()}|{one.GetProperty("skills").GetInt64()}"))
            .Where(one => which.Contains(one.Name)).Select(one => one.Text),
    ];
}
