using Hearth.Ledger;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Interactions;

public sealed class TrackingTests(InteractionsApp app) : IClassFixture<InteractionsApp>
{
    [Fact]
    public async Task The_contract_s_example_is_tracked_word_for_word_and_updated_when_it_comes_again()
    {
        var amina = await app.SignUp("amina");
        await app.Content("Arrival", externalId: "123");
        var more = new
        {
            interactionValue = 5,
            moodAtInteraction = "happy",
            moodIntensityAtInteraction = 8,
            interactionDurationSeconds = 120,
            context = "evening relaxation",
            notes = "Really enjoyed this content",
        };
        var first = (await InteractionsApp.Track(amina, "123", "like", more)).Is(201);
        Assert.Equal(
            ["id", "userId", "contentId", "interactionType", "interactionValue", "moodAtInteraction", "moodIntensityAtInteraction", "interactionDurationSeconds", "context", "notes", "createdAt", "updatedAt"],
            first.Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal(amina.Id, first["userId"].GetInt64());
        Assert.Equal("123", first["contentId"].GetString());
        Assert.Equal(8, first["moodIntensityAtInteraction"].GetInt32());

        var second = (await InteractionsApp.Track(amina, "123", "like", new { interactionValue = 9, moodAtInteraction = "calm" })).Is(200);
        Assert.Equal(first["id"].GetInt64(), second["id"].GetInt64());
        Assert.Equal(first["createdAt"].GetString(), second["createdAt"].GetString());
        Assert.Equal("calm", second["moodAtInteraction"].GetString());
        (await InteractionsApp.Track(amina, "123", "save")).Is(201);

        var history = (await amina.Get($"/interactions/history/{amina.Uuid}")).Is(200);
        Assert.Equal(2, history["total"].GetInt64());
        Assert.Equal(50, history["limit"].GetInt32());
        Assert.Equal("save", history["data.0.interactionType"].GetString());
        Assert.Equal(second.Json.ToString(), history["data.1"].ToString());
        Assert.Equal(2, await app.Db.Scalar<long>("select count(*) from ledger where actor = $1 and verb = $2", amina.Id, (short)Verb.LikeContent));
        Assert.False(await app.Db.Scalar<bool>("select exists (select from ledger where actor = $1 and detail::text like '%calm%')", amina.Id));
        await app.VerifyInteractions();
    }

    [Fact]
    public async Task What_is_wrong_is_named_in_the_dialect_of_the_contract()
    {
        var daniel = await app.SignUp("daniel");
        var other = await app.SignUp("esther");
        var content = await app.Content("Solaris");
        foreach (var (field, status, body) in new (string, int, object)[]
        {
            ("interactionType", 400, new { userId = daniel.Id, contentId = content, interactionType = "love" }),
            ("contentId", 400, new { userId = daniel.Id, interactionType = "like" }),
            ("userId", 400, new { userId = true, contentId = content, interactionType = "like" }),
            ("interactionValue", 400, new { userId = daniel.Id, contentId = content, interactionType = "rate", interactionValue = 11 }),
            ("interactionValue", 400, new { userId = daniel.Id, contentId = content, interactionType = "rate" }),
            ("moodIntensityAtInteraction", 400, new { userId = daniel.Id, contentId = content, interactionType = "like", moodIntensityAtInteraction = 0 }),
            ("moodAtInteraction", 400, new { userId = daniel.Id, contentId = content, interactionType = "like", moodAtInteraction = new string('x', 51) }),
            ("interactionDurationSeconds", 400, new { userId = daniel.Id, contentId = content, interactionType = "view", interactionDurationSeconds = -1 }),
            ("occurredAt", 400, new { userId = daniel.Id, contentId = content, interactionType = "view", occurredAt = DateTime.UtcNow.AddDays(-31) }),
            ("occurredAt", 400, new { userId = daniel.Id, contentId = content, interactionType = "view", occurredAt = DateTime.UtcNow.AddMinutes(30) }),
            ("userId", 403, new { userId = other.Id, contentId = content, interactionType = "like" }),
            ("contentId", 404, new { userId = daniel.Id, contentId = "no such film", interactionType = "like" }),
        })
        {
            var reply = (await daniel.Post("/interactions/track", body)).Is(status);
            Assert.Equal(status, reply["statusCode"].GetInt32());
            Assert.Contains(field, reply["message.0"].GetString(), StringComparison.Ordinal);
            Assert.NotEmpty(reply["error"].GetString()!);
        }

        (await daniel.Get($"/interactions/history/{other.Id}")).Is(403);
        (await daniel.Post("/contents", new { title = "Mine", type = "movies" })).Is(403);
        (await app.Anyone.Get($"/interactions/history/{other.Id}")).Is(401);
        // An administrator may, for either id.
        var keeper = await app.Keeper();
        Assert.Equal(other.Id, (await keeper.Post("/interactions/track", new { userId = other.Uuid, contentId = content, interactionType = "play" })).Is(201)["userId"].GetInt64());
        Assert.Equal(1, (await keeper.Get($"/interactions/history/{other.Id}")).Is(200)["total"].GetInt64());
        var nobody = (await keeper.Post("/interactions/track", new { userId = Guid.NewGuid(), contentId = content, interactionType = "play" })).Is(404);
        Assert.Contains("userId", nobody["message.0"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_is_written_in_its_order_and_what_is_wrong_is_told_by_its_place()
    {
        var farida = await app.SignUp("farida");
        var (one, two) = (await app.Content("One"), await app.Content("Two"));
        var hourAgo = DateTime.UtcNow.AddHours(-1);
        var reply = (await farida.Post("/interactions/track/batch", new
        {
            interactions = new object[]
            {
                new { userId = farida.Id, contentId = one, interactionType = "play", interactionDurationSeconds = 60, occurredAt = hourAgo },
                new { userId = farida.Id, contentId = "gone", interactionType = "play" },
                new { userId = farida.Uuid, contentId = two, interactionType = "rate", interactionValue = 4, occurredAt = hourAgo.AddDays(-2) },
                new { userId = farida.Id, contentId = two, interactionType = "rate", interactionValue = "many" },
                7,
                new { userId = farida.Id + 1_000_000, contentId = two, interactionType = "view" },
                new { userId = farida.Id, contentId = two, interactionType = "view", notes = "no\0thing" },
                // The same again, but from before: the newer one stands.
                new { userId = farida.Id, contentId = one, interactionType = "play", interactionDurationSeconds = 10, occurredAt = hourAgo.AddMinutes(-5) },
            },
        })).Is(200);
        Assert.Equal(3, reply["accepted"].GetInt32());
        Assert.Equal([1, 3, 4, 5, 6], reply["rejected"].EnumerateArray().Select(item => item.GetProperty("index").GetInt32()));
        Assert.All(reply["rejected"].EnumerateArray(), item => Assert.NotEmpty(item.GetProperty("message").GetString()!));
        var history = (await farida.Get($"/interactions/history/{farida.Id}")).Is(200);
        Assert.Equal(2, history["total"].GetInt64());
        Assert.Equal(60, history["data.0.interactionDurationSeconds"].GetInt32());
        Assert.Equal(4, history["data.1.interactionValue"].GetInt32());
        (await farida.Post("/interactions/track/batch", new { interactions = Array.Empty<int>() })).Is(400);
        (await farida.Post("/interactions/track/batch", new { interactions = Enumerable.Repeat(1, 1001) })).Is(400);
        await app.VerifyInteractions();
    }

    [Fact]
    public async Task Many_at_once_are_counted_once_each()
    {
        Person[] people = [await app.SignUp("grace"), await app.SignUp("habib"), await app.SignUp("ines"), await app.SignUp("jamal")];
        var contents = new List<string>();
        for (var i = 0; i < 5; i++)
            contents.Add(await app.Content($"Film {i}"));
        var made = 0;
        await Task.WhenAll(
            from person in people
            from content in contents
            from turn in Enumerable.Range(0, 3)
            select Task.Run(async () =>
            {
                if ((await InteractionsApp.Track(person, content, "play", new { interactionDurationSeconds = turn })).Status == 201)
                    Interlocked.Increment(ref made);
            }));
        Assert.Equal(people.Length * contents.Count, made);
        foreach (var person in people)
            Assert.Equal(5, (await person.Get($"/interactions/history/{person.Id}?interactionType=play")).Is(200)["total"].GetInt64());
        await app.VerifyInteractions();
    }

    [Fact]
    public async Task A_void_takes_interactions_out_of_every_figure_and_its_end_brings_them_back_with_what_was_felt()
    {
        var hana = await app.SignUp("hana");
        var content = await app.Content("Stalker");
        (await InteractionsApp.Track(hana, content, "rate", new { interactionValue = 3, moodAtInteraction = "tired" })).Is(201);
        (await InteractionsApp.Track(hana, content, "rate", new { interactionValue = 8, moodAtInteraction = "awake" })).Is(200);
        (await InteractionsApp.Track(hana, content, "view", new { interactionDurationSeconds = 30 })).Is(201);
        var before = (await hana.Get($"/interactions/history/{hana.Id}")).Is(200).Text;
        var last = await app.Db.Scalar<long>("select max(id) from ledger where actor = $1 and verb = $2", hana.Id, (short)Verb.RateContent);
        var voids = (Voids)app.Services.GetService(typeof(Voids))!;

        var one = await voids.Make(new VoidRequest(1, "a test") { Rows = [last] }, CancellationToken.None);
        await app.Settled(one.Position);
        Assert.Equal(3, (await hana.Get($"/interactions/history/{hana.Id}?interactionType=rate")).Is(200)["data.0.interactionValue"].GetInt32());
        await app.VerifyInteractions();

        var all = await voids.Make(new VoidRequest(1, "a test") { User = hana.Id }, CancellationToken.None);
        await app.Settled(all.Position);
        Assert.Equal(0, (await hana.Get($"/interactions/history/{hana.Id}")).Is(200)["total"].GetInt64());
        Assert.Equal(0, (await hana.Get($"/interactions/patterns/{hana.Id}")).Is(200)["totalInteractions"].GetInt64());
        await app.VerifyInteractions();

        await voids.Restore(all.Id, 1, CancellationToken.None);
        await app.Settled((await voids.Restore(one.Id, 1, CancellationToken.None)).Position);
        Assert.Equal(before, (await hana.Get($"/interactions/history/{hana.Id}")).Is(200).Text);
        await app.VerifyInteractions();
    }

    [Fact]
    public async Task What_is_tracked_reaches_the_person_s_own_sockets_and_nobody_else_s()
    {
        var (imani, jonas) = (await app.SignUp("imani"), await app.SignUp("jonas"));
        var content = await app.Content("Mirror");
        var (hers, his) = (await app.Socket(imani), await app.Socket(jonas));
        await hers.Drain();
        await his.Drain();
        var tracked = (await InteractionsApp.Track(imani, content, "complete", new { moodAtInteraction = "moved" })).Is(201);
        await app.Settled();
        var news = await hers.Next("interaction_tracked");
        Assert.Equal(tracked.Json.ToString(), news.GetProperty("data").ToString());
        Assert.Empty(await his.Drain());
    }
}
