using Hearth.Platform;

namespace Hearth.Jobs.Mail;

/// <summary>What Hearth writes to a person about their account. Their links lead to the pages of <c>FRONTEND_URL</c>.</summary>
internal static class AccountMails
{
    /// <summary>Asks whether the address is theirs: <c>/verify-email?token=</c>.</summary>
    public static MailMessage Verification(HearthOptions options, string to, string name, string token) =>
        MailLayout.Message(options, to, name, "Is this your address?", new MailContent(
            $"Welcome, {name}",
            ["Somebody, hopefully you, gave this address for an account here. Confirm it, and you can get your password back by mail and choose what you hear of."])
        {
            Action = new MailLink("Confirm this address", Link(options, "verify-email", token)),
            Footer = ["It was not you? Then do nothing: without your confirmation few mails follow, each with a link that ends them."],
        });

    /// <summary>Where to begin, once the address is confirmed.</summary>
    public static MailMessage Welcome(HearthOptions options, string to, string name) =>
        MailLayout.Message(options, to, name, $"Welcome, {name}", new MailContent(
            $"Good to have you here, {name}",
            ["Your address is confirmed. This is where people begin:"])
        {
            Items =
            [
                new MailLink("Read what the others write, and answer", options.FrontendUrl.ToString()),
                new MailLink("Say who you are: a picture and a few words", Page(options, "profile")),
                new MailLink("Learn something, or share what you know", Page(options, "discover")),
                new MailLink("Choose what you hear of, and how", Page(options, "notifications/preferences")),
            ],
            Action = new MailLink("Come in", options.FrontendUrl.ToString()),
            Footer = ["You get this once, since you confirmed this address."],
        });

    /// <summary>A link to choose a new password: <c>/reset-password?token=</c>.</summary>
    public static MailMessage PasswordReset(HearthOptions options, string to, string name, string token, TimeSpan valid) =>
        MailLayout.Message(options, to, name, "Choose a new password", new MailContent(
            $"A new password, {name}?",
            [$"Somebody asked for a new password for your account. The link below works once, for {Words(valid)}."])
        {
            Action = new MailLink("Choose a new password", Link(options, "reset-password", token)),
            Footer = ["It was not you? Then do nothing: your password stays as it is."],
        });

    private static string Link(HearthOptions options, string page, string token) => $"{Page(options, page)}?token={Uri.EscapeDataString(token)}";

    private static string Page(HearthOptions options, string page) => $"{options.FrontendUrl}/{page}";

    private static string Words(TimeSpan valid) =>
        valid >= TimeSpan.FromHours(2) ? $"{(int)valid.TotalHours} hours" : valid >= TimeSpan.FromHours(1) ? "one hour" : $"{(int)valid.TotalMinutes} minutes";
}
