using System.Runtime.InteropServices;
using System.Text.Json;

namespace Hearth.Platform;

/// <summary>What an access token says: whose it is, of which session, in which version of the account's sessions.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AccessClaims(long UserId, Guid Uuid, int Version, DateTimeOffset ExpiresAt);

/// <summary>Writes and reads access tokens: 15 minutes, for this server alone.</summary>
internal sealed class AccessTokens(ServerKeys keys, TimeProvider clock)
{
    public const string Issuer = "hearth";
    public const string Audience = "hearth-api";

    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    /// <summary>How far clocks of nodes may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    public string Write(long userId, Guid uuid, int version)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        using var payload = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(payload))
        {
            json.WriteStartObject();
            json.WriteString("iss", Issuer);
            json.WriteString("aud", Audience);
            json.WriteString("sub", uuid);
            json.WriteNumber("uid", userId);
            json.WriteNumber("ver", version);
            json.WriteNumber("iat", now);
            json.WriteNumber("nbf", now);
            json.WriteNumber("exp", now + (long)Life.TotalSeconds);
            // Two tokens of one second are two tokens.
            json.WriteString("jti", Guid.NewGuid());
            json.WriteEndObject();
        }

        return Jws.Sign(keys.Signing, payload.ToArray());
    }

    /// <returns>The claims of a token that holds now; null otherwise.</returns>
    public AccessClaims? Read(string token)
    {
        if (Jws.Verify(token, keys.Verifying) is not { } claims)
            return null;
        var now = clock.GetUtcNow();
        if (!Says(claims, "iss", Issuer) || !IsForUs(claims) || Time(claims, "exp") is not { } expires || now >= expires + Skew)
            return null;
        if (claims.TryGetProperty("nbf", out _) && !(Time(claims, "nbf") is { } begins && begins <= now + Skew))
            return null;
        if (Number(claims, "uid") is not { } user || Number(claims, "ver") is not { } version || Uuid(claims) is not { } uuid)
            return null;
        return new AccessClaims(user, uuid, (int)version, expires);
    }

    private static bool Says(JsonElement claims, string name, string value) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String && claim.ValueEquals(value);

    private static bool IsForUs(JsonElement claims)
    {
        if (!claims.TryGetProperty("aud", out var audience) || audience.ValueKind != JsonValueKind.Array)
            return Says(claims, "aud", Audience);
        foreach (var one in audience.EnumerateArray())
        {
            if (one.ValueKind == JsonValueKind.String && one.ValueEquals(Audience))
                return true;
        }

        return false;
    }

    private static long? Number(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.Number && claim.TryGetInt64(out var value) ? value : null;

    private static Guid? Uuid(JsonElement claims) =>
        claims.TryGetProperty("sub", out var claim) && claim.ValueKind == JsonValueKind.String && claim.TryGetGuid(out var value) ? value : null;

    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        Number(claims, name) is { } seconds and >= 0 and < 253_402_200_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
