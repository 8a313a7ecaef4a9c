using System.Text.Json;

namespace Hearth.Platform;

/// <summary>What an appeal token says: whose it is, and which decision it is for.</summary>
internal readonly record struct AppealClaims(long UserId, Guid Decision);

/// <summary>
/// Writes and reads the tokens with which somebody whose account is suspended reads that decision and appeals it. They are for an audience of their
/// own: no route takes one as a sign-in, and an access token is none.
/// </summary>
internal sealed class AppealTokens(ServerKeys keys, TimeProvider clock)
{
    private const string Audience = "hearth-appeal";

    /// <summary>Long enough to write an appeal; signing in again gives another.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public string Write(long userId, Guid decision)
    {
        using var payload = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(payload))
        {
            json.WriteStartObject();
            json.WriteString("iss", AccessTokens.Issuer);
            json.WriteString("aud", Audience);
            json.WriteNumber("sus", userId);
            json.WriteString("dec", decision);
            json.WriteNumber("exp", (clock.GetUtcNow() + Life).ToUnixTimeSeconds());
            json.WriteEndObject();
        }

        return Jws.Sign(keys.Signing, payload.ToArray());
    }

    /// <returns>The claims of a token that holds now; null otherwise.</returns>
    public AppealClaims? Read(string token)
    {
        if (Jws.Verify(token, keys.Verifying) is not { } claims || Text(claims, "iss") != AccessTokens.Issuer || Text(claims, "aud") != Audience)
            return null;
        if (Number(claims, "exp") is not { } expires || clock.GetUtcNow().ToUnixTimeSeconds() >= expires)
            return null;
        return Number(claims, "sus") is { } user && Guid.TryParse(Text(claims, "dec"), out var decision) ? new AppealClaims(user, decision) : null;
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String ? claim.GetString() : null;

    private static long? Number(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.Number && claim.TryGetInt64(out var value) ? value : null;
}
