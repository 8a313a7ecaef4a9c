using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Hearth.Features.Notifications.Push;

/// <summary>Encrypts a push so that only the browser reads it (RFC 8291 over RFC 8188), and says who sends it (RFC 8292).</summary>
internal static class PushCrypto
{
    /// <summary>A point of P-256 in its uncompressed form.</summary>
    public const int PointSize = 65;

    public const int AuthSize = 16;

    private const int SaltSize = 16;
    private const int TagSize = 16;
    private const int RecordSize = 4096;

    private static readonly TimeSpan Valid = TimeSpan.FromHours(12);

    public static byte[] Point(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];

    /// <summary>Whether these 65 bytes are a point of the curve.</summary>
    public static bool IsPoint(byte[] point)
    {
        try
        {
            using var key = ECDiffieHellman.Create(Parameters(point));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The body of a push, in the coding <c>aes128gcm</c>: one record.</summary>
    public static byte[] Encrypt(ReadOnlySpan<byte> text, byte[] browser, byte[] auth)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(text, browser, auth, own, RandomNumberGenerator.GetBytes(SaltSize));
    }

    /// <summary>With a key pair and a salt that are given: for the RFC's example.</summary>
    internal static byte[] Encrypt(ReadOnlySpan<byte> text, byte[] browser, byte[] auth, ECDiffieHellman own, byte[] salt)
    {
        var ownPoint = Point(own.ExportParameters(false));
        using var theirs = ECDiffieHellman.Create(Parameters(browser));
        var shared = own.DeriveRawSecretAgreement(theirs.PublicKey);
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, auth, [.. "WebPush: info\0"u8, .. browser, .. ownPoint]);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt, "Content-Encoding: nonce\0"u8.ToArray());

        const int Head = SaltSize + 4 + 1 + PointSize;
        // The byte behind the text says that this record is the last.
        byte[] padded = [.. text, 2];
        var body = new byte[Head + padded.Length + TagSize];
        salt.CopyTo(body, 0);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(SaltSize), RecordSize);
        body[SaltSize + 4] = PointSize;
        ownPoint.CopyTo(body, SaltSize + 5);
        using var cipher = new AesGcm(key, TagSize);
        cipher.Encrypt(nonce, padded, body.AsSpan(Head, padded.Length), body.AsSpan(Head + padded.Length));
        return body;
    }

    /// <summary>The value of <c>Authorization</c>: a token for the push service that is the endpoint's origin.</summary>
    public static string Authorization(KeySet keys, Uri endpoint, string contact, DateTimeOffset now)
    {
        var claims = $$"""{"aud":"{{endpoint.GetLeftPart(UriPartial.Authority)}}","exp":{{(now + Valid).ToUnixTimeSeconds()}},"sub":"mailto:{{contact}}"}""";
        var signed = $"{Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(keys.PushPrivate, out _);
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"vapid t={signed}.{Base64Url.EncodeToString(signature)}, k={Base64Url.EncodeToString(keys.PushPublic)}";
    }

    private static ECParameters Parameters(byte[] point)
    {
        if (point.Length != PointSize || point[0] != 4)
            throw new CryptographicException("Not an uncompressed point.");
        return new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } };
    }
}
