namespace Hearth.Platform;

/// <summary>Tells who a token belongs to; for requests and for sockets.</summary>
internal sealed class Authenticator
{
    /// <returns>The caller, or null for a token that does not hold.</returns>
    public ValueTask<Caller?> Authenticate(string token) => default;
}
