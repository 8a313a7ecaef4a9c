using Hearth.Jobs;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

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

    [Fact]
    public async Task What_was_learnt_to_go_together_comes_first_and_what_is_liked_now_after_it()
    {
        var (bread, dough, chess, quiet) = (await app.Content("Bread"), await app.Content("Dough"), await app.Content("Chess"), await app.Content("Quiet"));
        foreach (var name in (string[])["fatuma", "gathoni", "hassan"])
        {
            var person = await app.SignUp(name);
            (await InteractionsApp.Track(person, bread, "like")).Is(201);
            (await InteractionsApp.Track(person, dough, "complete")).Is(201);
        }

        foreach (var name in (string[])["ibrahim", "joyce", "kevin", "lilian"])
            (await InteractionsApp.Track(await app.SignUp(name), chess, "like")).Is(201);
        await app.Services.GetServices<ScheduledJob>().Single(job => job.Name == "recommendations").Run(TestContext.Current.CancellationToken);

        // Whom the training has not seen.
        var me = await app.SignUp("me");
        var path = $"/interactions/recommendations/{me.Id}";
        Assert.DoesNotContain("similar_taste", Reasons(await me.Get(path)));
        (await InteractionsApp.Track(me, bread, "like")).Is(201);
        var found = await me.Get(path);
        Assert.Equal((dough, "similar_taste"), (Ids(found)[0], Reasons(found)[0]));
        Assert.Equal("trending", Reasons(found)[Ids(found).IndexOf(chess)]);
        Assert.True(Ids(found).IndexOf(chess) < Ids(found).IndexOf(quiet));
        (await InteractionsApp.Track(me, dough, "skip")).Is(201);
        Assert.DoesNotContain(dough, Ids(await me.Get(path)));
    }

    private static List<string> Reasons(Reply reply) => [.. reply.Is(200)["data"].EnumerateArray().Select(one => one.GetProperty("because").GetString()!)];

    private static List<string> Ids(Reply reply) => [.. reply.Is(200)["data"].EnumerateArray().Select(one => one.GetProperty("contentId").GetString()!)];
}
