using Hearth.Platform;

namespace Hearth.Features.Accounts;

/// <summary>What a person changes of how they are shown.</summary>
internal static class Profiles
{
    private const int LongestBio = 2_000;

    /// <summary>The account as it is to be; fails with each field that is wrong.</summary>
    public static Account Apply(Account account, ProfileChange change)
    {
        var wrong = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Note(wrong, "display_name", change.DisplayName.IsSet ? AccountRules.DisplayName(change.DisplayName.Value) : null);
        Note(wrong, "bio", change.Bio is { IsSet: true, Value.Length: > LongestBio } ? $"Ensure this field has no more than {LongestBio} characters." : null);
        Note(wrong, "profile_photo", change.ProfilePhoto is { IsSet: true, Value: { } photo } ? AccountRules.PhotoAddress(photo) : null);
        Note(wrong, "time_zone", change.TimeZone is { IsSet: true, Value: { } zone } && !IsZone(zone) ? $"\"{zone}\" is not a valid choice." : null);
        if (wrong.Count > 0)
            throw Failure.Invalid(wrong);
        return account with
        {
            DisplayName = change.DisplayName.Or(account.DisplayName).Trim(),
            Bio = change.Bio.Or(account.Bio),
            ProfilePhoto = change.ProfilePhoto.Or(account.ProfilePhoto),
            ShowEmail = change.ShowEmail.Or(account.ShowEmail),
            IsPrivate = change.IsPrivate.Or(account.IsPrivate),
            TimeZone = change.TimeZone.Or(account.TimeZone),
        };
    }

    /// <summary>A name that both this machine and the database's zone tables know: IANA's.</summary>
    public static bool IsZone(string zone) =>
        zone.Length <= 64 && (zone is "UTC" || zone.Contains('/', StringComparison.Ordinal)) && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId;

    private static void Note(Dictionary<string, string[]> wrong, string field, string? message)
    {
        if (message is not null)
            wrong[field] = [message];
    }
}
