using Hearth.Platform;

namespace Hearth.Features.Messaging.Channels;

/// <summary>What providers call. No token: the tenant's signature is the proof.</summary>
internal static class ChannelEndpoints
{
    private const string Example = "6865c4f9-7cb4-49de-bfbe-bf0fe726d25b";

    public static void MapChannels(this IEndpointRouteBuilder messaging)
    {
        messaging.MapPost("/channels/{channel}/receipts", TakeReceipt).AllowAnyone().Limit(RateLimit.None)
            .WithQuery("tenant", "The tenant's id.", Example).Accepts<Receipt>("application/json").Produces<Envelope<ReceiptAnswer>>()
            .WithFailure(401, "The signature does not hold, or is too old.");
        messaging.MapPost("/channels/{channel}/inbound", TakeMessage).AllowAnyone().Limit(RateLimit.None)
            .WithQuery("tenant", "The tenant's id.", Example).Accepts<IncomingMessage>("application/json").Produces<Envelope<IncomingView>>()
            .WithFailure(401, "The signature does not hold, or is too old.");
    }

    /// <summary>A provider tells what became of a message</summary>
    /// <remarks>Signed: `X-Hearth-Signature: sha256=` and the hex HMAC-SHA256 of `timestamp.body` with the tenant's secret, where `X-Hearth-Timestamp` is in unix seconds, at most five minutes off. A repeat changes nothing.</remarks>
    private static async Task<IResult> TakeReceipt(HttpContext http, string channel, Signatures signatures, Receipts receipts)
    {
        var body = await Body.Bytes(http);
        var tenant = await signatures.Check(http, body);
        return await receipts.Take(http, tenant, Known(channel), Body.Parse<Receipt>(body));
    }

    /// <summary>A provider hands on what a contact wrote</summary>
    /// <remarks>Signed like a receipt. An open conversation of that contact and channel takes the message, else a new one begins; an address that is new becomes a contact. STOP opts out of campaigns, START in again.</remarks>
    private static async Task<IResult> TakeMessage(HttpContext http, string channel, Signatures signatures, Incoming incoming)
    {
        var body = await Body.Bytes(http);
        var tenant = await signatures.Check(http, body);
        return await incoming.Take(http, tenant, Known(channel), Body.Parse<IncomingMessage>(body));
    }

    private static string Known(string channel) => Array.IndexOf(ChannelNames.All, channel) >= 0 ? channel : throw Failure.NotFound();
}
