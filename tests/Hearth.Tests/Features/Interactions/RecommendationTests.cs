using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Interactions;

public sealed class RecommendationTests(InteractionsApp app) : IClassFixture<InteractionsApp>
{
    [Fact]
    public async Task What_people_of_one_s_taste_like_comes_first_until_it_is_consumed_or_disliked()
    {
        var (amina, daniel, esther) = (await app.SignUp("amina"), await app.SignUp("daniel"), await app.SignUp("esther"));
        var (shared, hers, his, unseen) = (await app.Content("Shared"), await app.Content("Liked by Daniel"), await app.Content("Liked by Esther"), await app.Content("New"));
        foreach (var (person, content, type) in new[]
        {
            (amina, shared, "like"), (daniel, shared, "like"), (daniel, hers, "complete"), (esther, shared, "dislike"), (esther, his, "like"),
        })
            (await InteractionsApp.Track(person, content, type)).Is(201);

        var path = $"/interactions/recommendations/{amina.Id}";
        var first = (await amina.Get(path)).Is(200);
        Assert.Equal(hers, first["data.0.contentId"].GetString());
        Assert.Equal("similar_taste", first["data.0.because"].GetString());
        Assert.DoesNotContain(shared, Ids(first));
        Assert.Contains(unseen, Ids(first));

        (await InteractionsApp.Track(amina, hers, "play")).Is(201);
        Assert.DoesNotContain(hers, Ids(await amina.Get(path)));
        Assert.Equal(hers, Ids(await amina.Get(path + "?includeConsumed=true"))[0]);

        (await InteractionsApp.Track(amina, hers, "skip")).Is(201);
        Assert.DoesNotContain(hers, Ids(await amina.Get(path + "?includeConsumed=true")));
        (await daniel.Get(path)).Is(403);
    }

    private static List<string> Ids(Reply reply) => [.. reply.Is(200)["data"].EnumerateArray().Select(one => one.GetProperty("contentId").GetString()!)];
}
