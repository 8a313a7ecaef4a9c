using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hearth.Platform;

/// <summary>
/// Compact JSON Web Signatures (RFC 7515) with HS256 and nothing else: the algorithm is ours to say, not the token's (RFC 8725, 3.1).
/// </summary>
internal static class Jws
{
    private const int Longest = 4096;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    public static string Sign(SigningKey key, ReadOnlySpan<byte> payload)
    {
        var header = Encoding.ASCII.GetBytes($$"""{"alg":"HS256","typ":"JWT","kid":"{{key.Id}}"}""");
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        var mac = HMACSHA256.HashData(key.Secret, Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(mac)}";
    }

    /// <returns>The payload, an object, when a key signed it; null otherwise.</returns>
    public static JsonElement? Verify(string token, IReadOnlyList<SigningKey> keys)
    {
        if (token.Length > Longest)
            return null;
        var parts = token.Split('.');
        if (parts.Length != 3 || Base64Text.Decode(parts[0]) is not { } header || Base64Text.Decode(parts[1]) is not { } payload || Base64Text.Decode(parts[2]) is not { } mac)
            return null;
        if (Parse(header) is not { } head || !Accepts(head, out var keyId))
            return null;
        var signed = Encoding.ASCII.GetBytes(token[..(parts[0].Length + 1 + parts[1].Length)]);
        return IsSigned(signed, mac, keyId, keys) ? Parse(payload) : null;
    }

    private static bool Accepts(JsonElement header, out string? keyId)
    {
        keyId = null;
        if (!header.TryGetProperty("alg", out var algorithm) || !(algorithm.ValueKind == JsonValueKind.String && algorithm.ValueEquals("HS256"u8)))
            return false;
        // An extension that must be understood is one that we do not understand (RFC 7515, 4.1.11).
        if (header.TryGetProperty("crit", out _))
            return false;
        if (header.TryGetProperty("typ", out var type) && !(type.ValueKind == JsonValueKind.String && IsJwt(type.GetString()!)))
            return false;
        if (!header.TryGetProperty("kid", out var id))
            return true;
        keyId = id.ValueKind == JsonValueKind.String ? id.GetString() : null;
        return keyId is not null;
    }

    private static bool IsJwt(string type) => string.Equals(type, "JWT", StringComparison.OrdinalIgnoreCase);

    private static bool IsSigned(byte[] signed, byte[] mac, string? keyId, IReadOnlyList<SigningKey> keys)
    {
        foreach (var key in keys)
        {
            if (keyId is not null && !string.Equals(keyId, key.Id, StringComparison.Ordinal))
                continue;
            if (CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key.Secret, signed), mac))
                return true;
        }

        return false;
    }

    private static JsonElement? Parse(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
