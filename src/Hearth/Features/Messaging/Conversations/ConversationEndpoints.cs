using System.Globalization;
using Hearth.Features.Messaging.Contacts;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Conversations;

internal static class ConversationEndpoints
{
    public static void MapConversations(this IEndpointRouteBuilder messaging)
    {
        messaging.MapGet("/conversations", List).Limit(RateLimit.Reads).WithKeyset()
            .WithQuery("status", "Only these.", "open", "open", "closed")
            .WithQuery("assignee", "`me`, `none`, or a member's id.", "me")
            .WithQuery("contact", "Those with this contact.", "6865c4f9-7cb4-49de-bfbe-bf0fe726d25b")
            .Produces<Envelope<KeysetPage<ConversationView>>>();
        messaging.MapPost("/conversations", Start).Limit(RateLimit.Creates).Accepts<NewConversation>("application/json").Produces<Envelope<ConversationView>>(201);
        messaging.MapGet("/conversations/{id:guid}", Get).Limit(RateLimit.Reads).Produces<Envelope<ConversationView>>();
        messaging.MapPatch("/conversations/{id:guid}", Edit).Limit(RateLimit.Reads).Accepts<ConversationEdit>("application/json").Produces<Envelope<ConversationView>>();
        messaging.MapPost("/conversations/{id:guid}/close", Close).Limit(RateLimit.Creates).Produces<Envelope<ConversationView>>();
        messaging.MapGet("/conversations/{id:guid}/messages", Messages).Limit(RateLimit.Reads).WithKeyset().Produces<Envelope<KeysetPage<MessageView>>>();
        messaging.MapPost("/conversations/{id:guid}/messages", Send).Limit(RateLimit.Reactions).Accepts<NewMessage>("application/json")
            .Produces<Envelope<MessageView>>(201).WithFailure(409, "The conversation is closed.");
    }

    /// <summary>Conversations, the latest message first</summary>
    private static async Task<IResult> List(HttpContext http, Tenants tenants)
    {
        var page = http.KeysetQuery(2);
        bool? open = http.QueryChoice("status", "", "", "open", "closed") switch { "" => null, var status => status == "open" };
        await using var db = await tenants.Open(http);
        var assignee = http.QueryText("assignee") switch
        {
            null => (long?)null,
            "none" => 0,
            "me" => http.Caller().UserId,
            var named => await PersonId.Find(db.Connection, named, http.RequestAborted),
        };
        var contact = http.QueryGuid("contact") is { } id ? (await ContactStore.One(db, id) ?? throw Failure.NotFound()).Root : (long?)null;
        var rows = await ConversationStore.List(db, open, assignee, contact, page);
        return Envelope.Ok(Keyset.Page(http, page, rows, Key, row => row.View));
    }

    /// <summary>Begin a conversation with a contact</summary>
    private static async Task<IResult> Start(HttpContext http, ConversationActions actions) => await actions.Start(http, await Body.Read<NewConversation>(http));

    /// <summary>One conversation</summary>
    private static async Task<IResult> Get(HttpContext http, Guid id, Tenants tenants)
    {
        await using var db = await tenants.Open(http);
        return Envelope.Ok((await ConversationStore.One(db, id) ?? throw Failure.NotFound()).View);
    }

    /// <summary>Assign a conversation, close it, open it again, or change its subject</summary>
    private static async Task<IResult> Edit(HttpContext http, Guid id, ConversationActions actions) =>
        await actions.Edit(http, id, await Body.Read<ConversationEdit>(http));

    /// <summary>Close a conversation</summary>
    /// <remarks>What the contact writes then begins a new one.</remarks>
    private static async Task<IResult> Close(HttpContext http, Guid id, ConversationActions actions) => await actions.Close(http, id);

    /// <summary>A conversation's messages both ways, the latest first</summary>
    private static async Task<IResult> Messages(HttpContext http, Guid id, Tenants tenants)
    {
        var page = http.KeysetQuery(1);
        await using var db = await tenants.Open(http);
        var conversation = await ConversationStore.One(db, id) ?? throw Failure.NotFound();
        var rows = await MessageStore.List(db, conversation.Id, page);
        return Envelope.Ok(Keyset.Page(http, page, rows, row => [row.Id.ToString(CultureInfo.InvariantCulture)], row => row.View));
    }

    /// <summary>Send a message in a conversation</summary>
    /// <remarks>The sandbox delivers at once; by other channels the message is queued, and its status tells how far it is.</remarks>
    private static async Task<IResult> Send(HttpContext http, Guid id, ConversationActions actions) =>
        await actions.Send(http, id, await Body.Read<NewMessage>(http));

    private static string[] Key(ConversationRow row) =>
        [row.View.LastMessageAt.Ticks.ToString(CultureInfo.InvariantCulture), row.Id.ToString(CultureInfo.InvariantCulture)];
}
