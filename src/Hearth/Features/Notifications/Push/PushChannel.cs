using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Hearth.Features.Notifications.Reading;
using Hearth.Jobs;
using Hearth.Platform;
using Hearth.Platform.Outbound;
using Npgsql;

namespace Hearth.Features.Notifications.Push;

/// <summary>What a browser is handed, and shows.</summary>
/// <param name="Tag">A later one with the same tag takes the place of the earlier.</param>
internal sealed record PushText(string Title, string Body, string Url, string Tag, Guid Id, string Type);

/// <summary>Hands notifications to the push services of browsers.</summary>
internal sealed class PushChannel(
    NpgsqlDataSource source, NotificationKeys keys, OutboundHttp outbound, HearthOptions options, TimeProvider time) : IDeliveryChannel
{
    /// <summary>For how long a push service keeps it for a browser that is off.</summary>
    private const string KeptSeconds = "86400";

    public string Name => Outbox.PushChannel;

    public int AtOnce => 8;

    public async Task<Outcome> Send(Delivery delivery, CancellationToken ct)
    {
        var waiting = Outbox.Read(delivery.Payload);
        await using var db = await source.OpenConnectionAsync(ct);
        // Taken back, removed, or unsubscribed meanwhile: nothing is to be said.
        if (await PushStore.Find(db, waiting.Subscription ?? 0, waiting.User, ct) is not { } subscription
            || await NotificationReads.One(db, waiting.User, waiting.Row, ct) is not { Gone: false } one)
            return Outcome.Sent;
        var outcome = await Push(db, subscription, one, ct);
        if (outcome == Outcome.Sent)
            await SendStore.Pushed(db, waiting.User, one.Id);
        return outcome;
    }

    private async Task<Outcome> Push(NpgsqlConnection db, Subscription subscription, Shown one, CancellationToken ct)
    {
        OutboundAnswer answer;
        try
        {
            using var request = await Request(subscription, one, ct);
            answer = await outbound.Send(request, ct);
        }
        catch (OutboundRefused e)
        {
            return Outcome.Dead(e.Message);
        }

        switch (answer.Status)
        {
            case >= 200 and < 300:
                return Outcome.Sent;
            case 404 or 410:
                await PushStore.Forget(db, subscription);
                return Outcome.Dead("The browser no longer takes pushes.");
            case 408 or 429 or >= 500:
                return Outcome.Retry($"The push service answered {answer.Status}.", answer.RetryAfter);
            default:
                return Outcome.Dead($"The push service answered {answer.Status}.");
        }
    }

    private async Task<HttpRequestMessage> Request(Subscription subscription, Shown one, CancellationToken ct)
    {
        var text = PushWording.Text(one, options);
        var body = PushCrypto.Encrypt(JsonSerializer.SerializeToUtf8Bytes(text, Json.Of<PushText>()), subscription.Key, subscription.Auth);
        var endpoint = new Uri(subscription.Endpoint);
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        request.Headers.TryAddWithoutValidation("Authorization", PushCrypto.Authorization(await keys.Get(ct), endpoint, options.FromEmail, time.GetUtcNow()));
        request.Headers.Add("TTL", KeptSeconds);
        request.Headers.Add("Urgency", "normal");
        // A repeat takes the place of the first while that still waits for its browser.
        request.Headers.Add("Topic", Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(one.Id)))[..32]);
        return request;
    }
}

/// <summary>What pushes say: of reactions and comments, as the Vent Room's contract words it.</summary>
internal static class PushWording
{
    public static PushText Text(Shown one, HearthOptions options)
    {
        var who = one.By?.Username ?? "Someone";
        var (title, body) = one.Type switch
        {
            NotificationType.PostLiked => ("New Reaction", $"{who} reacted to your post."),
            NotificationType.CommentLiked => ("New Reaction", $"{who} reacted to your comment."),
            NotificationType.PostCommented => ("New Comment", $"{who} commented on your post."),
            NotificationType.CommentReplied => ("New Reply", $"{who} replied to your comment."),
            NotificationType.PostMentioned or NotificationType.CommentMentioned or NotificationType.MentionReceived => ("New Mention", $"{one.Message}."),
            NotificationType.NewFollower => ("New Follower", $"{one.Message}."),
            NotificationType.GroupUpdate => ("Group Update", $"{one.Message}."),
            var other => (other.Display(), $"{one.Message}."),
        };
        return new PushText(title, body, Addresses.Of(one, options), $"hearth-{one.Id}", NotificationId.UuidOf(one.User, one.Id), one.Type.Name());
    }
}
