using System.Net.Mail;
using Hearth.Platform;

namespace Hearth.Features.Accounts;

/// <summary>What names, addresses and passwords may look like; every wrong field is named at once.</summary>
internal static class AccountRules
{
    private const int LongestName = 50;

    /// <summary>Fails with each field that is wrong.</summary>
    public static void Check(NewAccount account)
    {
        var wrong = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Note(wrong, "username", Username(Usernames.Normal(account.Username)));
        Note(wrong, "email", Email(account.Email));
        Note(wrong, "password", Password(account.Password));
        Note(wrong, "display_name", account.DisplayName is null ? null : DisplayName(account.DisplayName));
        if (wrong.Count > 0)
            throw Failure.Invalid(wrong);
    }

    public static void CheckPassword(string password)
    {
        if (Password(password) is { } message)
            throw Failure.Invalid("password", message);
    }

    /// <summary>The form in which names and addresses are compared.</summary>
    public static string Key(string text) => Usernames.Key(text);

    public static string? DisplayName(string name) => name.Trim() switch
    {
        "" => "This field may not be blank.",
        { Length: > 100 } => "Ensure this field has no more than 100 characters.",
        var text when text.Any(char.IsControl) => "Enter a name on one line.",
        _ => null,
    };

    /// <summary>Null where it is one; http or https, for a browser to show.</summary>
    public static string? PhotoAddress(string address) =>
        address.Length <= 500 && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? null
            : "Enter a valid URL.";

    private static string? Username(string name) => name switch
    {
        "" => "This field may not be blank.",
        { Length: > LongestName } => $"Ensure this field has no more than {LongestName} characters.",
        _ => Usernames.IsWellFormed(name) ? null : "Enter a valid username. It may contain only letters of one script, numbers, and ./-/_ characters.",
    };

    private static string? Email(string address) =>
        address.Length <= 254 && MailAddress.TryCreate(address, out var mail)
            && string.Equals(mail.Address, address, StringComparison.Ordinal) && !address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '"' or '<' or '>')
            ? null
            : "Enter a valid email address.";

    private static string? Password(string password) => password.Length switch
    {
        < 8 => "This password is too short. It must contain at least 8 characters.",
        > 128 => "Ensure this field has no more than 128 characters.",
        _ => null,
    };

    private static void Note(Dictionary<string, string[]> wrong, string field, string? message)
    {
        if (message is not null)
            wrong[field] = [message];
    }
}
