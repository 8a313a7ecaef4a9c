using Hearth.Tests.Harness;
using static Hearth.Tests.Features.Skills.SkillsApp;

namespace Hearth.Tests.Features.Skills;

/// <summary>Each test has an application of its own: what trends depends on everything that is there.</summary>
public sealed class DiscoveryTests : IAsyncLifetime
{
    private const string Social = "/api/v1/social";
    private const string Discovery = "/api/v1/discovery";

    private readonly SkillsApp app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_score_of_what_trends_is_the_weighted_sum_of_its_inputs()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var hot = await Share(amina, "Hot", category: "Cooking");
        var cold = await Share(amina, "Cold");
        await Share(amina, "Unseen");
        (await bilal.Post($"{Social}/skills/{hot}/like")).Is(200);
        (await bilal.Post($"{Social}/skills/{hot}/download")).Is(200);
        (await bilal.Post($"{Social}/skills/{hot}/rate", new { rating = 5 })).Is(200);
        (await bilal.Post($"{Social}/skills/{cold}/comments", new { text = "Well" })).Is(201);

        var answer = (await bilal.Get($"{Discovery}/skills/trending")).Is(200);

        Assert.Equal(["Hot", "Cold"], Titles(answer));
        Assert.Equal(7, answer["half_life_days"].GetDouble());
        foreach (var skill in answer["results"].EnumerateArray())
        {
            var trend = skill.GetProperty("trending");
            var sum = answer["weights"].EnumerateObject().Sum(weight => weight.Value.GetDouble() * trend.GetProperty("inputs").GetProperty(weight.Name).GetDouble());
            Assert.Equal(sum, trend.GetProperty("score").GetDouble(), 0.01);
        }

        Assert.Equal(12, answer["results.0.trending.score"].GetDouble(), 0.1);
        Assert.Equal(["Hot"], Titles((await bilal.Get($"{Discovery}/skills/trending?category=cooking")).Is(200)));
        Assert.Equal(["Cold"], Titles((await bilal.Get((await bilal.Get($"{Discovery}/skills/trending?limit=1"))["next"].GetString()!)).Is(200)));

        // What was done two weeks ago counts a quarter.
        await app.Db.Execute("update skill_likes set at = at - interval '14 days'");
        await app.Db.Execute("update skill_heat h set likes = coalesce((select sum(skill_heat_at(l.at)) from skill_likes l where l.skill_id = h.skill_id), 0)");
        Assert.Equal(0.25, (await bilal.Get($"{Discovery}/skills/trending"))["results.0.trending.inputs.likes"].GetDouble(), 0.001);
        await app.VerifySkills();
    }

    [Fact]
    public async Task Who_is_new_is_recommended_what_trends_and_what_is_new()
    {
        var (amina, bilal, newcomer) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("newcomer"));
        var hot = await Share(amina, "Hot");
        await Share(amina, "Fresh");
        await Share(newcomer, "My own");
        await Share(amina, "Secret", "private");
        (await bilal.Post($"{Social}/skills/{hot}/like")).Is(200);

        var answer = (await newcomer.Get($"{Discovery}/recommendations")).Is(200);

        Assert.Equal(["Fresh", "Hot"], Titles(answer).Order());
        Assert.All(answer["results"].EnumerateArray(), skill => Assert.Contains(skill.GetProperty("because").GetProperty("kind").GetString(), new[] { "new", "trending" }));
    }

    [Fact]
    public async Task People_of_similar_taste_lead_and_a_skip_or_a_bad_rating_counts_at_once()
    {
        var (author, me) = (await app.SignUp("author"), await app.SignUp("me"));
        var shared = await Share(author, "Bread", category: "Cooking");
        var wanted = await Share(author, "Soup", category: "Cooking");
        var other = await Share(author, "Pasta", category: "Cooking");
        foreach (var name in new[] { "bilal", "chidi", "dana" })
        {
            var alike = await app.SignUp(name);
            foreach (var skill in name == "dana" ? new[] { shared, wanted } : [shared, wanted, other])
                (await alike.Post($"{Social}/skills/{skill}/like")).Is(200);
        }

        (await me.Post($"{Social}/skills/{shared}/like")).Is(200);

        var answer = (await me.Get($"{Discovery}/recommendations?limit=5")).Is(200);
        Assert.Equal("Soup", answer["results.0.title"].GetString());
        Assert.Equal("similar_taste", answer["results.0.because.kind"].GetString());
        Assert.Equal(shared, answer["results.0.because.skill.id"].GetString());
        Assert.Equal(3, answer["results.0.because.people"].GetInt32());
        Assert.DoesNotContain("Bread", Titles(answer));

        (await me.Post($"{Discovery}/skills/{wanted}/skip")).Is(204);
        Assert.Equal(["Pasta"], Titles((await me.Get($"{Discovery}/recommendations?limit=5")).Is(200)));
        (await me.Delete($"{Discovery}/skills/{wanted}/skip")).Is(204);
        (await me.Post($"{Social}/skills/{wanted}/rate", new { rating = 1 })).Is(200);
        Assert.Equal(["Pasta"], Titles((await me.Get($"{Discovery}/recommendations?limit=5")).Is(200)));
        (await me.Post($"{Discovery}/skills/{Guid.NewGuid()}/skip")).Is(404);
    }

    private static string[] Titles(Reply reply) => [.. reply["results"].EnumerateArray().Select(one => one.GetProperty("title").GetString()!)];
}
