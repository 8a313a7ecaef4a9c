using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Hearth.Features.Notifications.Preferences;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Notifications.Mail;

/// <summary>What a link in a mail ends: mails about one type, the summaries of one's skills, or, as the default is, all of them.</summary>
internal readonly record struct Unwanted(NotificationType? Type, bool IsSummary = false)
{
    private const short OfSummary = -1;

    public static readonly Unwanted Summary = new(null, true);

    public short Code => IsSummary ? OfSummary : Type is { } one ? (short)one : (short)0;

    public bool IsAll => this == default;

    public string Words => this switch
    {
        { IsSummary: true } => "summaries of your skills",
        { Type: { } one } => $"mails about “{one.InPreferences()}”",
        _ => "mails about notifications",
    };

    public static Unwanted Of(short code) => code switch
    {
        0 => default,
        OfSummary => Summary,
        _ => new Unwanted((NotificationType)code),
    };

    public Preference From(Preference before) => this switch
    {
        { IsSummary: true } => before with { SkillSummary = false },
        { Type: { } one } => before with { EmailOff = before.EmailOff | one.Bit() },
        _ => before with { EmailOff = NotificationTypes.All.Aggregate(before.EmailOff, (bits, each) => bits | each.Bit()), SkillSummary = false },
    };
}

/// <summary>
/// The links by which a mail's reader wants no more like it. They work without a sign-in and for ever, so they hold who and what, signed.
/// </summary>
internal sealed class UnsubscribeTokens(NotificationKeys keys, HearthOptions options)
{
    private const int Signed = 10;
    private const int Size = Signed + 16;

    public async Task<string> Link(long user, Unwanted what, CancellationToken ct)
    {
        var token = new byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(token, user);
        BinaryPrimitives.WriteInt16BigEndian(token.AsSpan(8), what.Code);
        Sign(token, await keys.Get(ct)).CopyTo(token, Signed);
        return $"{options.PublicUrl}/api/v1/notifications/unsubscribe?token={Base64Url.EncodeToString(token)}";
    }

    /// <returns>Who and what; null when it is not one of ours.</returns>
    public async Task<(long User, Unwanted What)?> Read(string text, CancellationToken ct)
    {
        if (Base64Text.Decode(text) is not { Length: Size } token)
            return null;
        if (!CryptographicOperations.FixedTimeEquals(Sign(token, await keys.Get(ct)), token.AsSpan(Signed)))
            return null;
        return (BinaryPrimitives.ReadInt64BigEndian(token), Unwanted.Of(BinaryPrimitives.ReadInt16BigEndian(token.AsSpan(8))));
    }

    private static byte[] Sign(byte[] token, KeySet keys) => HMACSHA256.HashData(keys.Unsubscribe, token.AsSpan(0, Signed))[..(Size - Signed)];
}

internal static class UnsubscribeEndpoints
{
    private const string NotOurs = "This link is not one of ours, or it is incomplete.";

    /// <summary>The page that a mail's unsubscribe link opens</summary>
    /// <remarks>Changes nothing by itself: mail programs open links to look at them.</remarks>
    public static async Task<IResult> Page(HttpContext http, UnsubscribeTokens tokens)
    {
        if (await Token(http, tokens) is not var (_, what))
            return Html($"<h1>{E(NotOurs)}</h1><p>Copy the whole address from the mail, or sign in and choose in your preferences.</p>", StatusCodes.Status404NotFound);
        var all = what.IsAll ? "" : """<form method="post"><input type="hidden" name="all" value="1"><button class="plain">No mails about notifications at all</button></form>""";
        return Html($"""<h1>No more {E(what.Words)}?</h1><form method="post"><button>Yes, no more</button></form>{all}""");
    }

    /// <summary>Unsubscribe in one click (RFC 8058)</summary>
    public static async Task<IResult> Unsubscribe(HttpContext http, UnsubscribeTokens tokens, Writes writes, HearthOptions options, TimeProvider time)
    {
        var ct = http.RequestAborted;
        var (user, what) = await Token(http, tokens) ?? throw Failure.NotFound(NotOurs);
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(ct) : null;
        if (form?.ContainsKey("all") == true)
            what = default;
        await using (var write = await writes.Begin(http))
        {
            await PreferenceStore.Hold(write.Db, user, ct);
            var before = await PreferenceStore.Find(write.Db, user, ct);
            await PreferenceStore.Save(write.Db, user, what.From(before), time.GetUtcNow().UtcDateTime, ct);
            await write.Commit();
        }

        return Html($"""<h1>Done</h1><p>No more {E(what.Words)}. You can change this at any time in <a href="{E(Addresses.Preferences(options))}">your preferences</a>.</p>""");
    }

    private static async Task<(long User, Unwanted What)?> Token(HttpContext http, UnsubscribeTokens tokens) =>
        http.QueryText("token") is { } text ? await tokens.Read(text, http.RequestAborted) : null;

    private static IResult Html(string body, int status = StatusCodes.Status200OK) => Results.Content(
        $$"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Mails</title>
        <style>:root{color-scheme:light dark}body{font:16px/1.55 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem}
        button{font:inherit;padding:.7rem 1.4rem;border:0;border-radius:8px;background:#a63d10;color:#fff;margin:.4rem 0}.plain{background:none;color:inherit;text-decoration:underline;padding-inline:0}h1{font-size:1.6rem;line-height:1.25}a{color:inherit}</style>
        </head><body>{{body}}</body></html>
        """,
        "text/html; charset=utf-8",
        statusCode: status);

    private static string E(string text) => HtmlEncoder.Default.Encode(text);
}
