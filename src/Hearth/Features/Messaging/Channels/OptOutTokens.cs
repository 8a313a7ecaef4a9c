using System.Buffers.Text;
using System.Security.Cryptography;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Channels;

/// <summary>The links by which a contact opts out of campaigns without signing in: tenant and contact, and a proof that Hearth wrote them.</summary>
internal sealed class OptOutTokens(ServerKeys keys, HearthOptions options)
{
    private const int Ids = 32;
    private const int Proof = 16;

    private readonly byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.Sealing, 32, info: "hearth opt-out links"u8.ToArray());

    public string Link(Tenant tenant, Guid contact) => $"{options.PublicUrl}/api/messaging/opt-out/?token={Token(tenant.Id, contact)}";

    public string Token(Guid tenant, Guid contact)
    {
        var bytes = new byte[Ids + Proof];
        tenant.TryWriteBytes(bytes);
        contact.TryWriteBytes(bytes.AsSpan(16));
        HMACSHA256.HashData(key, bytes.AsSpan(0, Ids)).AsSpan(0, Proof).CopyTo(bytes.AsSpan(Ids));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Fails with 400 where the token is not one of ours.</summary>
    public (Guid Tenant, Guid Contact) Read(string? token)
    {
        if (token is null || Base64Text.Decode(token) is not { Length: Ids + Proof } bytes
            || !CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, bytes.AsSpan(0, Ids)).AsSpan(0, Proof), bytes.AsSpan(Ids)))
            throw Failure.Invalid("token", "The link does not hold.");
        return (new Guid(bytes.AsSpan(0, 16)), new Guid(bytes.AsSpan(16, 16)));
    }
}
