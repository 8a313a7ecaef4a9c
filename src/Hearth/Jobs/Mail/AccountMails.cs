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
            Footer = ["It was not you? Then do nothing: without your confirmation we write to this address no more."],
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

    private static string Link(HearthOptions options, string page, string token) => $"{options.FrontendUrl}/{page}?token={Uri.EscapeDataString(token)}";

    private static string Words(TimeSpan valid) =>
        valid >= TimeSpan.FromHours(2) ? $"{(int)valid.TotalHours} hours" : valid >= TimeSpan.FromHours(1) ? "one hour" : $"{(int)valid.TotalMinutes} minutes";
}
