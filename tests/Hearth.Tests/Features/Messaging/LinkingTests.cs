using System.Text.Json;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Messaging;

public sealed class LinkingTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Likers = """{"segment":{"all":[{"action_type":"like_post","count_at_least":1,"within_days":30}]}}""";

    [Fact]
    public async Task A_segment_sees_those_who_consented_and_counts_below_five_stay_vague()
    {
        var desk = await Desk.Open(app);
        var author = await app.SignUp("author");
        var post = (await author.Post("/api/ventroom/posts/", new { title = "A day", content = "Write on." })).Is(201)["id"].GetInt64();
        var people = new List<Person>();
        foreach (var n in Enumerable.Range(1, 5))
        {
            var person = await app.SignUp($"liker{n}");
            (await person.Post("/api/ventroom/reactions/", new { content_type = "ventpost", object_id = post, reaction_type = "👍" })).Is(201);
            people.Add(person);
            var contact = await desk.Contact($"Contact {n}");
            if (n < 5)
                await Consent(desk, contact, person);
        }

        await app.Settled();
        Assert.Equal("\"<5\"", await Preview(desk, Likers));
        await Consent(desk, await desk.Contact("Contact 6"), people[4]);
        Assert.Equal("5", await Preview(desk, Likers));
        Assert.Equal("\"<5\"", await Preview(desk, Likers.Replace("like_post", "share_post", StringComparison.Ordinal)));
        Assert.Equal("5", await Preview(desk, Likers.Replace("\"within_days\":30", "\"within_days\":30,\"not\":true", StringComparison.Ordinal).Replace("like_post", "share_post", StringComparison.Ordinal)));

        var campaign = await desk.Campaign(JsonDocument.Parse(Likers).RootElement);
        Assert.Equal(5, (await desk.Start(campaign)).Is(200)["data.recipient_count"].GetInt32());

        (await people[4].Delete($"/api/messaging/consents/{desk.Tenant}/")).Is(204);
        Assert.Equal("\"<5\"", await Preview(desk, Likers));
    }

    [Fact]
    public async Task A_code_links_once_and_the_timeline_shows_what_was_consented_to()
    {
        var desk = await Desk.Open(app);
        var (sarah, other) = (await app.SignUp("sarah"), await app.SignUp("other"));
        var post = (await other.Post("/api/ventroom/posts/", new { title = "A day", content = "Write on." })).Is(201)["id"].GetInt64();
        (await sarah.Post("/api/ventroom/reactions/", new { content_type = "ventpost", object_id = post, reaction_type = "👍" })).Is(201);
        var contact = await desk.Contact("Sarah Mwangi");
        await desk.Say(await desk.Conversation(contact));
        Assert.Equal(["message_out"], await Timeline(desk, contact));

        var code = await Consent(desk, contact, sarah);
        (await other.Post("/api/messaging/consents/", new { code })).Is(400);
        Assert.Equal("Sarah Mwangi", (await sarah.Get("/api/messaging/consents/")).Is(200)["data.results.0.contact_name"].GetString());
        Assert.Equal(["message_out", "community"], await Timeline(desk, contact));
        var first = (await desk.Member.Get($"/api/messaging/contacts/{contact}/timeline/?limit=1")).Is(200);
        Assert.Equal("like_post", (await desk.Member.Get(first["data.next"].GetString()!)).Is(200)["data.results.0.text"].GetString());

        (await sarah.Delete($"/api/messaging/consents/{desk.Tenant}/")).Is(204);
        (await sarah.Delete($"/api/messaging/consents/{desk.Tenant}/")).Is(404);
        Assert.Equal(["message_out"], await Timeline(desk, contact));
    }

    [Fact]
    public async Task Members_see_live_what_comes_in_and_how_campaigns_go()
    {
        var (mine, theirs) = (await Desk.Open(app, "bilal"), await Desk.Open(app));
        var (seen, unseen) = (await app.Socket(mine.Member), await app.Socket(theirs.Member));
        (await mine.Inbound("sandbox", "+254700000001", "Hello?", "x1")).Is(200);
        var message = await seen.Next("messaging_message");
        Assert.Equal("Hello?", message.GetProperty("data").GetProperty("message").GetProperty("body").GetString());

        var campaign = await mine.Campaign(new { contacts = new[] { await mine.Contact("John") } });
        (await mine.Start(campaign)).Is(200);
        await mine.Becomes(campaign, view => view.GetProperty("status").GetString() == "completed");
        var progress = await seen.Next("messaging_campaign_progress");
        Assert.Equal(campaign, progress.GetProperty("data").GetProperty("id").GetGuid());

        // The other tenant's own news is the first that it hears.
        (await theirs.Inbound("sandbox", "+254700000002", "For us", "x1")).Is(200);
        var own = await unseen.Next("messaging_message");
        Assert.Equal("For us", own.GetProperty("data").GetProperty("message").GetProperty("body").GetString());
    }

    private static async Task<string> Consent(Desk desk, Guid contact, Person person)
    {
        var code = (await desk.Member.Post($"/api/messaging/contacts/{contact}/invitation/")).Is(201)["data.code"].GetString()!;
        (await person.Post("/api/messaging/consents/", new { code })).Is(201);
        return code;
    }

    private static async Task<string> Preview(Desk desk, string segment)
    {
        await desk.App.Settled();
        return (await desk.Member.Post("/api/messaging/segments/preview/", segment)).Is(200)["data.count"].GetRawText();
    }

    private static async Task<string[]> Timeline(Desk desk, Guid contact) =>
        [.. (await desk.Member.Get($"/api/messaging/contacts/{contact}/timeline/")).Is(200)["data.results"].EnumerateArray().Select(one => one.GetProperty("type").GetString()!)];
}
