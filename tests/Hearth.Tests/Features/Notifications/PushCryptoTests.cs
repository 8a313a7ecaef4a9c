using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hearth.Features.Notifications;
using Hearth.Features.Notifications.Push;

namespace Hearth.Tests.Features.Notifications;

public sealed class PushCryptoTests
{
    [Fact]
    public void The_example_of_RFC_8291_comes_out_byte_for_byte()
    {
        var ownPoint = B("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        using var own = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = B("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
            Q = new ECPoint { X = ownPoint[1..33], Y = ownPoint[33..] },
        });

        var body = PushCrypto.Encrypt(
            "When I grow up, I want to be a watermelon"u8,
            B("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            B("BTBZMqHH6r4Tts7J_aSIgg"),
            own,
            B("DGv6ra1nlYgDCS1FRnbzlw"));

        Assert.Equal(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
            Base64Url.EncodeToString(body));
    }

    [Fact]
    public void A_browser_reads_what_was_encrypted_for_it_and_another_does_not()
    {
        using var browser = new FakeBrowser();
        using var other = new FakeBrowser();

        var body = PushCrypto.Encrypt(Encoding.UTF8.GetBytes("habari 🌍"), browser.Point, browser.Auth);

        Assert.Equal("habari 🌍", browser.Decrypt(body));
        Assert.ThrowsAny<CryptographicException>(() => other.Decrypt(body));
    }

    [Fact]
    public void The_senders_token_is_signed_for_the_push_services_origin()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keys = new KeySet(key.ExportPkcs8PrivateKey(), PushCrypto.Point(key.ExportParameters(false)), []);
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

        var header = PushCrypto.Authorization(keys, new Uri("https://push.example.net:8443/send/abc?x=1"), "post@hearth.example.org", now);

        Assert.StartsWith("vapid t=", header, StringComparison.Ordinal);
        var parts = header["vapid t=".Length..].Split(", k=");
        Assert.Equal(Base64Url.EncodeToString(keys.PushPublic), parts[1]);
        var token = parts[0].Split('.');
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), B(token[2]), HashAlgorithmName.SHA256));
        var claims = JsonDocument.Parse(B(token[1])).RootElement;
        Assert.Equal("https://push.example.net:8443", claims.GetProperty("aud").GetString());
        Assert.Equal("mailto:post@hearth.example.org", claims.GetProperty("sub").GetString());
        Assert.InRange(claims.GetProperty("exp").GetInt64(), now.ToUnixTimeSeconds() + 1, now.AddHours(24).ToUnixTimeSeconds());
    }

    [Fact]
    public void A_point_beside_the_curve_is_refused()
    {
        using var browser = new FakeBrowser();
        Assert.True(PushCrypto.IsPoint(browser.Point));
        var wrong = browser.Point.ToArray();
        wrong[64] ^= 1;
        Assert.False(PushCrypto.IsPoint(wrong));
        Assert.False(PushCrypto.IsPoint(new byte[65]));
    }

    private static byte[] B(string text) => Base64Url.DecodeFromChars(text);
}

/// <summary>A browser's side of RFC 8291, written from the RFC with HMAC alone and apart from the server's code.</summary>
internal sealed class FakeBrowser : IDisposable
{
    private readonly ECDiffieHellman key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    public FakeBrowser()
    {
        var q = key.ExportParameters(false).Q;
        Point = [4, .. q.X!, .. q.Y!];
    }

    public byte[] Point { get; }

    public byte[] Auth { get; } = RandomNumberGenerator.GetBytes(16);

    public object Subscription(string endpoint) =>
        new { endpoint, expirationTime = (long?)null, keys = new { p256dh = Base64Url.EncodeToString(Point), auth = Base64Url.EncodeToString(Auth) } };

    public string Decrypt(byte[] body)
    {
        var salt = body[..16];
        Assert.Equal(4096u, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(16)));
        Assert.Equal(65, body[20]);
        var server = body[21..86];
        using var theirs = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = server[1..33], Y = server[33..] },
        });
        // HMAC-SHA-256(auth_secret, ecdh_secret)
        var first = key.DeriveKeyFromHmac(theirs.PublicKey, HashAlgorithmName.SHA256, Auth);
        var input = Expand(first, [.. "WebPush: info\0"u8, .. Point, .. server], 32);
        var second = HMACSHA256.HashData(salt, input);
        var contentKey = Expand(second, "Content-Encoding: aes128gcm\0"u8.ToArray(), 16);
        var nonce = Expand(second, "Content-Encoding: nonce\0"u8.ToArray(), 12);
        var sealedText = body[86..];
        var text = new byte[sealedText.Length - 16];
        using var cipher = new AesGcm(contentKey, 16);
        cipher.Decrypt(nonce, sealedText.AsSpan(0, text.Length), sealedText.AsSpan(text.Length), text);
        var end = text.AsSpan().LastIndexOfAnyExcept((byte)0);
        Assert.Equal(2, text[end]);
        return Encoding.UTF8.GetString(text.AsSpan(0, end));
    }

    public void Dispose() => key.Dispose();

    private static byte[] Expand(byte[] secret, byte[] info, int length) => HMACSHA256.HashData(secret, (byte[])[.. info, 1])[..length];
}
