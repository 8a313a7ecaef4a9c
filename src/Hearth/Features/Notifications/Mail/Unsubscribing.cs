using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Hearth.Features.Notifications.Preferences;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Notifications.Mail;

/// <summary>
/// The links by which a mail's reader wants no more like it. They work without a sign-in and for ever, so they hold who and what, signed.
/// </summary>
internal sealed class UnsubscribeTokens(NotificationKeys keys, HearthOptions options)
{
    private const int Signed = 10;
    private const int Size = Signed + 16;

    /// <param name="user">Whose mails.</param>
    /// <param name="type">Which; null for all.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<string> Link(long user, NotificationType? type, CancellationToken ct)
    {
        var token = new byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(token, user);
        BinaryPrimitives.WriteInt16BigEndian(token.AsSpan(8), type is { } one ? (short)one : (short)0);
        Sign(token, await keys.Get(ct)).CopyTo(token, Signed);
        return $"{options.PublicUrl}/api/v1/notifications/unsubscribe?token={Base64Url.EncodeToString(token)}";
    }

    /// <returns>Who and what; null when it is not one of ours.</returns>
    public async Task<(long User, NotificationType? Type)?> Read(string text, CancellationToken ct)
    {
        if (Base64Text.Decode(text) is not { Length: Size } token)
            return null;
        if (!CryptographicOperations.FixedTimeEquals(Sign(token, await keys.Get(ct)), token.AsSpan(Signed)))
            return null;
        var type = BinaryPrimitives.ReadInt16BigEndian(token.AsSpan(8));
        return (BinaryPrimitives.ReadInt64BigEndian(token), type == 0 ? null : (NotificationType)type);
    }

    private static byte[] Sign(byte[] token, KeySet keys) => HMACSHA256.HashData(keys.Unsubscribe, token.AsSpan(0, Signed))[..(Size - Signed)];
}

internal static class UnsubscribeEndpoints
{
    /// <summary>The page that a mail's unsubscribe link opens</summary>
    /// <remarks>Changes nothing by itself: mail programs open links to look at them.</remarks>
    public static async Task<IResult> Page(HttpContext http, UnsubscribeTokens tokens)
    {
        var (_, type) = await Token(http, tokens);
        var what = type is { } one ? $"mails about “{one.Display()}”" : "mails about notifications";
        var all = type is null ? "" : """<form method="post"><input type="hidden" name="all" value="1"><button class="plain">No mails about notifications at all</button></form>""";
        return Html($"""<h1>No more {E(what)}?</h1><form method="post"><button>Yes, no more</button></form>{all}""");
    }

    /// <summary>Unsubscribe in one click (RFC 8058)</summary>
    public static async Task<IResult> Unsubscribe(HttpContext http, UnsubscribeTokens tokens, Writes writes, TimeProvider time)
    {
        var ct = http.RequestAborted;
        var (user, type) = await Token(http, tokens);
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(ct) : null;
        if (form?.ContainsKey("all") == true)
            type = null;
        await using (var write = await writes.Begin(http))
        {
            await PreferenceStore.Hold(write.Db, user, ct);
            var before = await PreferenceStore.Find(write.Db, user, ct);
            var off = type is { } one ? one.Bit() : NotificationTypes.All.Aggregate(0, (bits, each) => bits | each.Bit());
            await PreferenceStore.Save(write.Db, user, before with { EmailOff = before.EmailOff | off }, time.GetUtcNow().UtcDateTime, ct);
            await write.Commit();
        }

        return Html("<h1>Done</h1><p>You can change this at any time in your preferences.</p>");
    }

    private static async Task<(long User, NotificationType? Type)> Token(HttpContext http, UnsubscribeTokens tokens) =>
        http.QueryText("token") is { } text && await tokens.Read(text, http.RequestAborted) is { } known
            ? known
            : throw Failure.NotFound("This link is not one of ours, or it is incomplete.");

    private static IResult Html(string body) => Results.Content(
        $$"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Mails</title>
        <style>:root{color-scheme:light dark}body{font:16px/1.55 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem}
        button{font:inherit;padding:.7rem 1.4rem;border:0;border-radius:8px;background:#a63d10;color:#fff;margin:.4rem 0}.plain{background:none;color:inherit;text-decoration:underline}</style>
        </head><body>{{body}}</body></html>
        """,
        "text/html; charset=utf-8");

    private static string E(string text) => HtmlEncoder.Default.Encode(text);
}
