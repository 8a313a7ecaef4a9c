namespace Hearth.Features.Notifications.Preferences;

internal enum Digest : short
{
    /// <summary>A mail for each notification, at once.</summary>
    Off = 0,

    /// <summary>One mail a day instead.</summary>
    Daily = 1,
    Weekly = 2,
}

/// <summary>What a person wants to hear, and how. The sets name the types that are off.</summary>
internal sealed record Preference(int InAppOff, int EmailOff, int PushOff, Digest Digest, QuietHours? Quiet, bool SkillSummary)
{
    public static readonly Preference Default = new(0, 0, 0, Digest.Off, null, true);

    public bool WantsMail(NotificationType type) => (EmailOff & type.Bit()) == 0;

    public bool WantsPush(NotificationType type) => (PushOff & type.Bit()) == 0;
}

/// <summary>Time zones by their IANA names.</summary>
internal static class Zones
{
    public static TimeZoneInfo? Find(string? name) =>
        name is { Length: > 0 and <= 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone : null;
}
