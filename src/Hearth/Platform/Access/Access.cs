namespace Hearth.Platform;

/// <summary>
/// Who may call a route; stated next to it. A route that states nothing is refused.
/// </summary>
/// <param name="Anyone">No token is needed; one that is sent and holds is still read.</param>
/// <param name="Roles">One of these roles is needed; none means that any person may call.</param>
/// <param name="Scope">A service token with this scope may call as well.</param>
/// <param name="People">Whether people may call at all.</param>
internal sealed record Access(bool Anyone, Roles Roles, string? Scope, bool People = true)
{
    /// <summary>Returns when the caller may pass; fails with 401 or 403 otherwise.</summary>
    public static void Check(Access? access, Caller? caller)
    {
        if (access is { Anyone: true })
            return;
        if (caller is null)
            throw Failure.Unauthenticated();
        if (access is null || !access.Admits(caller))
            throw Failure.Forbidden();
    }

    private bool Admits(Caller caller)
    {
        if (caller.ServiceToken is not null)
            return Scope is not null && caller.Scopes.Contains(Scope, StringComparer.Ordinal);
        if (!People)
            return false;
        // An administrator may do what a moderator may.
        var enough = (Roles & Roles.Moderator) != Roles.None ? Roles | Roles.Admin : Roles;
        return Roles == Roles.None || caller.Is(enough);
    }
}

/// <summary>What a service token may be made for.</summary>
internal static class Scopes
{
    public const string Metrics = "metrics";
    public const string Contents = "contents";
    public const string Interactions = "interactions";
    public const string Conversions = "conversions";
    public const string Events = "events";

    public static readonly IReadOnlyList<string> All = [Metrics, Contents, Interactions, Conversions, Events];
}

internal static class AccessConventions
{
    /// <summary>Any signed-in person may call; a service token only with <paramref name="orScope"/>.</summary>
    public static TBuilder RequireSignedIn<TBuilder>(this TBuilder builder, string? orScope = null)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Access(false, Roles.None, orScope));

    /// <summary>People with one of these roles may call (an administrator where a moderator may); a service token only with <paramref name="orScope"/>.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder builder, Roles roles, string? orScope = null)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Access(false, roles, orScope));

    /// <summary>Service tokens with this scope alone may call.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Access(false, Roles.None, scope, People: false));

    public static TBuilder AllowAnyone<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Access(true, Roles.None, null));
}
