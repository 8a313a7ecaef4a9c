using Hearth.Jobs;
using Hearth.Tests.Features.Engagement;
using Hearth.Tests.Features.Skills;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Recommendations;

public sealed class TrainingTests(SkillsApp app) : IClassFixture<SkillsApp>
{
    [Fact]
    public async Task What_goes_together_is_learnt_and_a_person_s_taste_counts_at_once()
    {
        var author = await app.SignUp("author");
        var (fire, wood, rain) = (await author.Writes("Fire"), await author.Writes("Wood"), await author.Writes("Rain"));
        var (bread, dough, chess) = (await SkillsApp.Share(author, "Bread"), await SkillsApp.Share(author, "Dough"), await SkillsApp.Share(author, "Chess"));
        foreach (var name in (string[])["amina", "baraka", "chausiku"])
        {
            var person = await app.SignUp(name);
            await person.Likes(fire);
            await person.Likes(wood);
            await Likes(person, bread);
            await Likes(person, dough);
        }

        var dalila = await app.SignUp("dalila");
        await dalila.Likes(rain);
        await Likes(dalila, chess);
        await app.Settled();
        await Train();
        Assert.Equal(2, await app.Db.Scalar<long>("select count(*) from recommendation_models where pairs >= 7"));
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from recommendation_neighbours where item = any(neighbours)"));

        // Somebody whom the training has not seen.
        var me = await app.SignUp("me");
        await me.Likes(fire);
        await Likes(me, bread);
        var posts = (await me.Get("/api/engagement/recommendations/?limit=1")).Is(200);
        Assert.Equal(wood, posts["results.0.post_id"].GetInt64());
        Assert.Equal("People who like “Fire” like this", posts["results.0.reason"].GetString());
        var skills = (await me.Get("/api/v1/discovery/recommendations?limit=1")).Is(200);
        Assert.Equal(dough, skills["results.0.id"].GetString());
        Assert.Equal("People who like “Bread” like this.", skills["results.0.because.text"].GetString());

        // What I took to meanwhile is not recommended again, nor what I do not want; without another training.
        await me.Likes(wood);
        Assert.DoesNotContain(wood, (await me.Get("/api/engagement/recommendations/")).Is(200)["results"].EnumerateArray().Select(post => post.GetProperty("post_id").GetInt64()));
        (await me.Post($"/api/v1/social/skills/{dough}/rate", new { rating = 1 })).Is(200);
        Assert.DoesNotContain(dough, (await me.Get("/api/v1/discovery/recommendations")).Is(200)["results"].EnumerateArray().Select(skill => skill.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_training_replaces_the_one_before()
    {
        var author = await app.SignUp("writer");
        var (one, two) = (await author.Writes("One"), await author.Writes("Two"));
        var (elif, farid, gasira) = (await app.SignUp("elif"), await app.SignUp("farid"), await app.SignUp("gasira"));
        await gasira.Likes(one);
        async Task<string[]> Reasons() =>
            [.. (await gasira.Get("/api/engagement/recommendations/?limit=100")).Is(200)["results"].EnumerateArray().Select(post => $"{post.GetProperty("post_id")} {post.GetProperty("reason")}")];
        foreach (var person in (Person[])[elif, farid])
        {
            await person.Likes(one);
            await person.Likes(two);
        }

        await app.Settled();
        await Train();
        Assert.Contains(two, await Near(one));
        Assert.Contains($"{two} People who like “One” like this", await Reasons());
        foreach (var person in (Person[])[elif, farid])
            (await person.Delete($"/api/ventroom/reactions/?content_type=ventpost&object_id={two}")).Is(204);
        await app.Settled();
        await Train();
        Assert.DoesNotContain(two, await Near(one));
        // She did nothing meanwhile, and what is kept for her is of the training before.
        Assert.DoesNotContain($"{two} People who like “One” like this", await Reasons());
    }

    private static async Task Likes(Person person, string skill) => (await person.Post($"/api/v1/social/skills/{skill}/like", new { })).Is(200);

    private async Task Train() =>
        await app.Services.GetServices<ScheduledJob>().Single(job => job.Name == "recommendations").Run(TestContext.Current.CancellationToken);

    private async Task<long[]> Near(long post) =>
        (await app.Db.Scalar<long[]>("select coalesce((select neighbours from recommendation_neighbours where kind = 2 and item = $1), '{}')", post))!;
}
