namespace Hearth.Platform;

/// <summary>What a person may do; stored as the bits of <c>users.roles</c>.</summary>
[Flags]
internal enum Roles
{
    None = 0,
    Individual = 1,
    Facilitator = 2,
    Corporate = 4,
    Moderator = 8,
    Admin = 16,
}

/// <summary>
/// Who sends a request: a person, or a service token (<c>ServiceToken</c> is its id, <c>UserId</c> 0, then).
/// Set by authentication; <see cref="Callers.Caller(HttpContext)"/> reads it.
/// </summary>
internal sealed record Caller(long UserId, Guid Uuid, Roles Roles, Guid? Tenant, int Version)
{
    public long? ServiceToken { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>When the access token ends; sockets close then.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public bool IsAdmin => (Roles & Roles.Admin) != Roles.None;

    /// <summary>An administrator may do what a moderator may.</summary>
    public bool IsModerator => (Roles & (Roles.Admin | Roles.Moderator)) != Roles.None;

    public bool Is(Roles role) => (Roles & role) != Roles.None;
}

internal static class Callers
{
    /// <returns>Who calls; fails with 401 where nobody is signed in.</returns>
    public static Caller Caller(this HttpContext http) => http.Features.Get<Caller>() ?? throw Failure.Unauthenticated();

    public static Caller? CallerOrNone(this HttpContext http) => http.Features.Get<Caller>();
}
