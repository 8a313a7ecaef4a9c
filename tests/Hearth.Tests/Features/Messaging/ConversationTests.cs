using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Messaging;

public sealed class ConversationTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task Messages_go_both_ways()
    {
        var desk = await Desk.Open(app);
        var contact = await desk.Contact("John Kamau", "+254700000001");
        var conversation = await desk.Conversation(contact);
        await desk.Say(conversation);
        var came = (await desk.Inbound("sandbox", "+254 700 000 001", "Thank you for the quick response", "x1")).Is(200);

        Assert.Equal(conversation, came["data.conversation"].GetGuid());
        var messages = (await desk.Member.Get($"/api/messaging/conversations/{conversation}/messages/")).Is(200);
        Assert.Equal("in", messages["data.results.0.direction"].GetString());
        Assert.Equal("received", messages["data.results.0.status"].GetString());
        Assert.Equal("delivered", messages["data.results.1.status"].GetString());
        Assert.Equal(desk.Member.Name, messages["data.results.1.author"].GetString());
        var view = (await desk.Member.Get($"/api/messaging/conversations/{conversation}/")).Is(200);
        Assert.True(view["data.waiting"].GetBoolean() && view["data.replied"].GetBoolean());
        await desk.NothingDrifts();
    }

    [Fact]
    public async Task What_comes_in_after_the_close_begins_a_new_conversation()
    {
        var desk = await Desk.Open(app);
        var conversation = await desk.Conversation(await desk.Contact("John Kamau", "+254700000001"));
        Assert.Equal("closed", (await desk.Member.Post($"/api/messaging/conversations/{conversation}/close/")).Is(200)["data.status"].GetString());
        (await desk.Member.Post($"/api/messaging/conversations/{conversation}/messages/", new { body = "One more thing" })).Is(409);

        var came = (await desk.Inbound("sandbox", "+254700000001", "And now?", "x1", "A question")).Is(200);
        Assert.NotEqual(conversation, came["data.conversation"].GetGuid());
        var open = (await desk.Member.Get("/api/messaging/conversations/?status=open")).Is(200);
        Assert.Equal(1, open["data.results"].GetArrayLength());
        Assert.Equal("A question", open["data.results.0.subject"].GetString());
        await desk.NothingDrifts();
    }

    [Fact]
    public async Task Who_writes_for_the_first_time_becomes_a_contact()
    {
        var desk = await Desk.Open(app);
        (await desk.Inbound("email", "new@example.org", "Hello?", "x1")).Is(200);
        var contact = (await desk.Member.Get("/api/messaging/contacts/?q=new")).Is(200);
        Assert.Equal("new@example.org", contact["data.results.0.email"].GetString());
    }

    [Fact]
    public async Task A_repeat_changes_nothing_and_a_wrong_signature_is_refused()
    {
        var desk = await Desk.Open(app);
        var first = (await desk.Inbound("sandbox", "+254700000001", "Hello", "x1")).Is(200);
        var again = (await desk.Inbound("sandbox", "+254700000001", "Hello", "x1")).Is(200);
        Assert.Equal(first["data.message"].GetGuid(), again["data.message"].GetGuid());
        Assert.True(again["data.repeated"].GetBoolean());

        const string path = "/api/messaging/channels/sandbox/inbound/";
        const string body = """{"from":"+254700000001","body":"Hello","external_id":"x2"}""";
        (await desk.Signed(path, body, signature: "sha256=00")).Is(401);
        (await desk.Signed(path, body, age: TimeSpan.FromMinutes(6))).Is(401);
        (await desk.Signed(path, body, age: TimeSpan.FromMinutes(-6))).Is(401);
        (await app.Anyone.Post($"{path}?tenant={desk.Tenant}", body)).Is(401);
        (await app.Anyone.Post(path, body)).Is(400);
        (await desk.Signed("/api/messaging/channels/pigeon/inbound/", body)).Is(404);
        (await desk.Signed(path, body)).Is(200);
    }

    [Fact]
    public async Task The_secret_before_holds_after_it_was_renewed()
    {
        var desk = await Desk.Open(app);
        var admin = await app.SignUp("root", Roles.Admin);
        var renewed = (await admin.Post($"/api/admin/tenants/{desk.Tenant}/rotate-secret")).Is(200)["webhook_secret"].GetString()!;
        (await desk.Inbound("sandbox", "+254700000001", "With the old one", "x1")).Is(200);
        var before = desk.Secret;
        desk.Secret = renewed;
        (await desk.Inbound("sandbox", "+254700000001", "With the new one", "x2")).Is(200);

        await app.Db.Execute("update tenants set previous_until = now() - interval '1 second'");
        desk.Secret = before;
        (await desk.Inbound("sandbox", "+254700000001", "Too late", "x3")).Is(401);
    }

    [Fact]
    public async Task Members_alone_are_assigned()
    {
        var desk = await Desk.Open(app);
        var stranger = await app.SignUp("bilal");
        var conversation = await desk.Conversation(await desk.Contact("John Kamau"));
        (await desk.Member.Patch($"/api/messaging/conversations/{conversation}/", new { assignee = stranger.Uuid })).Is(400);
        (await desk.Member.Patch($"/api/messaging/conversations/{conversation}/", new { assignee = Guid.NewGuid() })).Is(400);
        (await desk.Member.Patch($"/api/messaging/conversations/{conversation}/", new { assignee = desk.Member.Id })).Is(200);
        Assert.Equal(1, (await desk.Member.Get("/api/messaging/conversations/?assignee=me"))["data.results"].GetArrayLength());
        Assert.Equal(0, (await desk.Member.Get("/api/messaging/conversations/?assignee=none"))["data.results"].GetArrayLength());
        (await desk.Member.Patch($"/api/messaging/conversations/{conversation}/", """{"assignee":null,"status":"closed"}""")).Is(200);
        (await desk.Member.Patch($"/api/messaging/conversations/{conversation}/", new { status = "open" })).Is(200);
        await desk.NothingDrifts();
    }

    [Fact]
    public async Task A_contact_who_says_stop_is_opted_out()
    {
        var desk = await Desk.Open(app);
        var contact = await desk.Contact("John Kamau", "+254700000001");
        (await desk.Inbound("webhook", "+254700000001", " Stop. ", "x1")).Is(200);
        Assert.True((await desk.Member.Get($"/api/messaging/contacts/{contact}/"))["data.opted_out"].GetBoolean());
        (await desk.Inbound("webhook", "+254700000001", "START", "x2")).Is(200);
        Assert.False((await desk.Member.Get($"/api/messaging/contacts/{contact}/"))["data.opted_out"].GetBoolean());
    }
}
