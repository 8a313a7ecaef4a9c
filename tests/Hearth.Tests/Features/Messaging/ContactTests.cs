using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Messaging;

public sealed class ContactTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task A_contact_is_found_by_its_name_its_address_and_its_tags()
    {
        var desk = await Desk.Open(app);
        await desk.Contact("Sarah Mwangi", "+255 700-000-002", null, "coffee");
        await desk.Contact("John Kamau", null, "john@example.org", "tea");

        Assert.Equal(["Sarah Mwangi"], await Names(desk, "?q=sarah"));
        Assert.Equal(["Sarah Mwangi"], await Names(desk, "?q=%2B2557000"));
        Assert.Equal(["John Kamau"], await Names(desk, "?tag=tea"));
        Assert.Equal(["John Kamau", "Sarah Mwangi"], await Names(desk, ""));
        var first = (await desk.Member.Get("/api/messaging/contacts/?limit=1")).Is(200);
        Assert.Equal("Sarah Mwangi", (await desk.Member.Get(first["data.next"].GetString()!))["data.results.0.name"].GetString());
        Assert.Equal("+255700000002", (await desk.Member.Get("/api/messaging/contacts/?q=sarah"))["data.results.0.phone"].GetString());
    }

    [Fact]
    public async Task An_address_belongs_to_one_contact()
    {
        var desk = await Desk.Open(app);
        await desk.Contact("Sarah Mwangi", "+255700000002", "sarah@example.org");

        var reply = (await desk.Member.Post("/api/messaging/contacts/", new { name = "Another", email = "Sarah@Example.org" })).Is(400);
        Assert.False(reply["success"].GetBoolean());
        Assert.StartsWith("email", reply["message"].GetString());
        (await desk.Member.Post("/api/messaging/contacts/", new { name = "Another", phone = "+255 700 000 002" })).Is(400);
        (await desk.Member.Post("/api/messaging/contacts/", new { name = "Another", phone = "call me" })).Is(400);
    }

    [Fact]
    public async Task A_merge_makes_two_contacts_one_and_its_undo_two_again()
    {
        var desk = await Desk.Open(app);
        var (kept, other) = (await desk.Contact("Sarah Mwangi", "+255700000002"), await desk.Contact("S. Mwangi", null, "sarah@example.org"));
        var conversation = await desk.Conversation(other);

        var merge = (await desk.Member.Post($"/api/messaging/contacts/{kept}/merge/", new { duplicate = other })).Is(201)["data.id"].GetGuid();
        Assert.Equal(["Sarah Mwangi"], await Names(desk, ""));
        Assert.Equal("sarah@example.org", (await desk.Member.Get($"/api/messaging/contacts/{kept}/"))["data.email"].GetString());
        Assert.Equal(kept, (await desk.Member.Get($"/api/messaging/conversations/{conversation}/"))["data.contact.id"].GetGuid());
        (await desk.Member.Post($"/api/messaging/contacts/{kept}/merge/", new { duplicate = other })).Is(409);

        (await desk.Member.Post($"/api/messaging/contacts/merges/{merge}/undo/")).Is(200);
        (await desk.Member.Post($"/api/messaging/contacts/merges/{merge}/undo/")).Is(200);
        Assert.Equal(["S. Mwangi", "Sarah Mwangi"], await Names(desk, ""));
        Assert.Equal(other, (await desk.Member.Get($"/api/messaging/conversations/{conversation}/"))["data.contact.id"].GetGuid());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await desk.Member.Get($"/api/messaging/contacts/{kept}/"))["data.email"].ValueKind);
    }

    [Fact]
    public async Task A_merge_that_another_stands_on_is_undone_last()
    {
        var desk = await Desk.Open(app);
        var (a, b, c) = (await desk.Contact("A"), await desk.Contact("B"), await desk.Contact("C"));
        var first = (await desk.Member.Post($"/api/messaging/contacts/{b}/merge/", new { duplicate = c })).Is(201)["data.id"].GetGuid();
        var second = (await desk.Member.Post($"/api/messaging/contacts/{a}/merge/", new { duplicate = b })).Is(201)["data.id"].GetGuid();

        (await desk.Member.Post($"/api/messaging/contacts/merges/{first}/undo/")).Is(409);
        (await desk.Member.Post($"/api/messaging/contacts/merges/{second}/undo/")).Is(200);
        Assert.Equal(["B", "A"], await Names(desk, ""));
        (await desk.Member.Post($"/api/messaging/contacts/merges/{first}/undo/")).Is(200);
        Assert.Equal(["C", "B", "A"], await Names(desk, ""));
    }

    private static async Task<string[]> Names(Desk desk, string query) =>
        [.. (await desk.Member.Get($"/api/messaging/contacts/{query}")).Is(200)["data.results"].EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];
}
