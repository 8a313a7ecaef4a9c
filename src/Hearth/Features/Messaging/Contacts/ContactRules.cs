using Hearth.Platform;

namespace Hearth.Features.Messaging.Contacts;

/// <summary>A contact's values, checked and in their stored form.</summary>
internal sealed record ContactValues(string Name, string? Phone, string? Email, string[] Tags);

/// <summary>What a contact may be.</summary>
internal static class ContactRules
{
    private const int LongestName = 150;
    private const int MostTags = 20;
    private const int LongestTag = 50;

    public static ContactValues Check(NewContact body)
    {
        var name = Name(body.Name);
        var phone = Phone(body.Phone);
        var email = Email(body.Email);
        return new ContactValues(name, phone, email, Tags(body.Tags ?? []));
    }

    public static string Name(string? name) => Texts.Required("name", name, LongestName);

    public static string? Phone(string? phone) =>
        string.IsNullOrWhiteSpace(phone) ? null : Address.Phone(phone) ?? throw Failure.Invalid("phone", "Enter a valid phone number.");

    public static string? Email(string? email) =>
        string.IsNullOrWhiteSpace(email) ? null : Address.Email(email) ?? throw Failure.Invalid("email", "Enter a valid email address.");

    public static string[] Tags(IReadOnlyList<string?> tags)
    {
        string[] clean = [.. tags.Select(tag => tag?.Trim() ?? "").Where(tag => tag.Length > 0).Distinct(StringComparer.Ordinal)];
        if (clean.Length > MostTags || Array.Exists(clean, tag => tag.Length > LongestTag || tag.Contains('\0', StringComparison.Ordinal)))
            throw Failure.Invalid("tags", $"At most {MostTags} tags of at most {LongestTag} characters.");
        return clean;
    }
}
