using Hearth.Platform;

namespace Hearth.Features.Accounts;

/// <summary>A row of <c>users</c>.</summary>
internal sealed record Account(
    long Id,
    Guid Uuid,
    string Username,
    string? Email,
    bool EmailVerified,
    string DisplayName,
    string? ProfilePhoto,
    string Bio,
    string? PasswordHash,
    Roles Roles,
    Guid? Tenant,
    bool IsActive,
    int Version,
    bool ShowEmail,
    bool IsPrivate,
    string? TimeZone,
    DateTime CreatedAt)
{
    public UserView View() => new(Uuid, Id, Username, DisplayName, ProfilePhoto, RoleNames.Of(Roles), Tenant, CreatedAt);

    public AccountView OwnView() => new(
        Uuid, Id, Username, DisplayName, ProfilePhoto, RoleNames.Of(Roles), Tenant, CreatedAt,
        Email, EmailVerified, Bio, ShowEmail, IsPrivate, TimeZone, IsActive);
}
