using System.Buffers.Text;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Platform.Outbound;

namespace Hearth.Features.Notifications.Push;

/// <param name="PublicKey">The <c>applicationServerKey</c> for <c>pushManager.subscribe</c>, in base64url.</param>
internal sealed record PushKeyView(string PublicKey);

/// <summary>The keys of a browser's subscription, in base64url.</summary>
internal sealed record PushKeysRequest(string P256dh, string Auth);

/// <summary>What <c>PushSubscription.toJSON()</c> gives.</summary>
internal sealed record SubscribeRequest(string Endpoint, PushKeysRequest Keys);

internal sealed record UnsubscribeRequest(string Endpoint);

internal sealed record SubscriptionView(string Endpoint);

internal static class PushEndpoints
{
    /// <summary>The key that browsers subscribe with</summary>
    public static async Task<IResult> Key(HttpContext http, NotificationKeys keys) =>
        Answer.Ok(new PushKeyView(Base64Url.EncodeToString((await keys.Get(http.RequestAborted)).PushPublic)));

    /// <summary>Take pushes in this browser</summary>
    /// <remarks>The body is the browser's <c>PushSubscription</c> as JSON. The same endpoint again replaces its keys.</remarks>
    public static async Task<IResult> Subscribe(HttpContext http, Writes writes, OutboundHttp outbound)
    {
        var request = await Body.Read<SubscribeRequest>(http);
        var endpoint = outbound.Target("endpoint", request.Endpoint).AbsoluteUri;
        var key = Bytes("keys.p256dh", request.Keys.P256dh, PushCrypto.PointSize);
        if (!PushCrypto.IsPoint(key))
            throw Failure.Invalid("keys.p256dh", "Not a public key of P-256.");
        var auth = Bytes("keys.auth", request.Keys.Auth, PushCrypto.AuthSize);
        await using var write = await writes.Begin(http);
        await PushStore.Add(write.Db, http.Caller().UserId, endpoint, key, auth, http.RequestAborted);
        return await write.Commit(Answer.Created(new SubscriptionView(endpoint)));
    }

    /// <summary>Take no more pushes in this browser</summary>
    /// <remarks>The endpoint in the body or as <c>?endpoint=</c>. One that is not known is no mistake.</remarks>
    public static async Task<IResult> Unsubscribe(HttpContext http, Writes writes)
    {
        var endpoint = http.QueryText("endpoint", 2_000) ?? (await Body.Read<UnsubscribeRequest>(http)).Endpoint;
        await using var write = await writes.Begin(http);
        await PushStore.Remove(write.Db, http.Caller().UserId, endpoint, http.RequestAborted);
        return await write.Commit(Answer.NoContent);
    }

    private static byte[] Bytes(string field, string text, int size)
    {
        var plain = text.TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return Base64Text.Decode(plain) is { } bytes && bytes.Length == size
            ? bytes
            : throw Failure.Invalid(field, $"Enter {size} bytes in base64url.");
    }
}
