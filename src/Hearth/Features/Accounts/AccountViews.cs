using System.Text.Json.Serialization;
using Hearth.Platform;

namespace Hearth.Features.Accounts;

/// <summary>A person, as others see them.</summary>
/// <param name="Id">The UUID.</param>
/// <param name="UserId">The integer that contracts with integer ids show.</param>
internal sealed record UserView(
    Guid Id,
    long UserId,
    string Username,
    string DisplayName,
    string? ProfilePhoto,
    IReadOnlyList<string> Roles,
    Guid? TenantId,
    DateTime CreatedAt);

/// <summary>An account, as its owner and administrators see it.</summary>
/// <param name="Id">The UUID.</param>
/// <param name="UserId">The integer that contracts with integer ids show.</param>
/// <param name="ShowEmail">Whether the address is shown where a contract shows an author's.</param>
/// <param name="IsPrivate">Left out of public lists.</param>
/// <param name="TimeZone">An IANA name; null is UTC.</param>
internal sealed record AccountView(
    Guid Id,
    long UserId,
    string Username,
    string DisplayName,
    string? ProfilePhoto,
    IReadOnlyList<string> Roles,
    Guid? TenantId,
    DateTime CreatedAt,
    string? Email,
    bool EmailVerified,
    string Bio,
    bool ShowEmail,
    bool IsPrivate,
    string? TimeZone,
    bool IsActive);

/// <summary>A new account. Whatever roles a body names, it is an individual's.</summary>
internal sealed record NewAccount(string Username, string Email, string Password, string? DisplayName = null);

/// <summary>Either name will do; <c>username</c> may hold the address, too.</summary>
internal sealed record Credentials(string Password, string? Username = null, string? Email = null);

/// <summary>The account and its first tokens: <c>access</c> lives 15 minutes, <c>refresh</c> 30 days.</summary>
internal sealed record SessionView(AccountView User, string Access, string Refresh);

internal sealed record RefreshRequest(string Refresh);

internal sealed record TokensView(string Access, string Refresh);

/// <param name="Refresh">The session to end.</param>
/// <param name="Everywhere">Ends every session of the signed-in person, and their access tokens at once.</param>
internal sealed record LogoutRequest(string? Refresh = null, bool Everywhere = false);

internal sealed record TokenRequest(string Token);

internal sealed record ResetRequest(string Email);

internal sealed record NewPassword(string Token, string Password);

internal sealed record DetailView(string Detail);

/// <summary>What a person may change of their account; what is absent stays.</summary>
internal sealed record ProfileChange(
    Field<string> DisplayName = default,
    Field<string> Bio = default,
    Field<string?> ProfilePhoto = default,
    Field<bool> ShowEmail = default,
    Field<bool> IsPrivate = default,
    Field<string?> TimeZone = default);

/// <summary>A photo as a form brings it.</summary>
/// <param name="Photo">The file.</param>
internal sealed record PhotoForm(string Photo);

/// <summary>What an administrator may change of an account; what is absent stays.</summary>
internal sealed record AccountChange(
    Field<List<string>> Roles = default,
    Field<Guid?> TenantId = default,
    Field<bool> IsActive = default);

internal sealed record NewTenant(string Name, string? TimeZone = null);

/// <summary>A tenant. Its members share contacts, campaigns and statistics; other tenants never see them.</summary>
internal sealed record TenantView(Guid Id, string Name, string TimeZone, DateTime CreatedAt);

/// <summary>A tenant with the secret that signs its webhooks: shown now and never again.</summary>
internal sealed record TenantSecretView(Guid Id, string Name, string WebhookSecret);

internal sealed record NewServiceToken(string Name, List<string> Scopes, Guid? TenantId = null, DateTime? ExpiresAt = null);

/// <summary>A token of another program; <c>token</c> itself is shown once, when it is made.</summary>
internal sealed record ServiceTokenView(
    long Id,
    string Name,
    IReadOnlyList<string> Scopes,
    Guid? TenantId,
    DateTime CreatedAt,
    DateTime? ExpiresAt,
    DateTime? LastUsedAt);

/// <summary>A new token: the only time that it is shown.</summary>
internal sealed record NewServiceTokenView(
    long Id, string Name, IReadOnlyList<string> Scopes, Guid? TenantId, DateTime CreatedAt, DateTime? ExpiresAt, string Token);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(UserView))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(NewAccount))]
[JsonSerializable(typeof(Credentials))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(TokensView))]
[JsonSerializable(typeof(LogoutRequest))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(ResetRequest))]
[JsonSerializable(typeof(NewPassword))]
[JsonSerializable(typeof(DetailView))]
[JsonSerializable(typeof(ProfileChange))]
[JsonSerializable(typeof(PhotoForm))]
[JsonSerializable(typeof(AccountChange))]
[JsonSerializable(typeof(NewTenant))]
[JsonSerializable(typeof(TenantView))]
[JsonSerializable(typeof(TenantSecretView))]
[JsonSerializable(typeof(NewServiceToken))]
[JsonSerializable(typeof(NewServiceTokenView))]
[JsonSerializable(typeof(KeysetPage<AccountView>))]
[JsonSerializable(typeof(ProfileView))]
[JsonSerializable(typeof(ProfileUpdate))]
[JsonSerializable(typeof(KeysetPage<PersonItem>))]
[JsonSerializable(typeof(LeaderList))]
[JsonSerializable(typeof(SuggestionList))]
[JsonSerializable(typeof(OwnStats))]
[JsonSerializable(typeof(KeysetPage<TenantView>))]
[JsonSerializable(typeof(KeysetPage<ServiceTokenView>))]
internal sealed partial class AccountsJson : JsonSerializerContext;

/// <summary>What the audit keeps of a change: numbers and ids.</summary>
internal sealed record AccountDetail(int Roles, bool IsActive, Guid? Tenant);

[JsonSerializable(typeof(AccountDetail))]
internal sealed partial class AdminJson : JsonSerializerContext;
