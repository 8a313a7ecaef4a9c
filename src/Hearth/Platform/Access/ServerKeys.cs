using System.Security.Cryptography;
using System.Text;

namespace Hearth.Platform;

/// <summary>
/// The secrets that tokens are signed and stored answers are sealed with. In development, where none is named,
/// one is kept in the data directory.
/// </summary>
internal sealed class ServerKeys
{
    private const int Least = 32;

    public ServerKeys(HearthOptions options)
    {
        var secret = Encoding.UTF8.GetBytes(options.JwtSecret ?? Kept(options));
        if (options.IsProduction && secret.Length < Least)
            throw new StartFailure($"JWT_SECRET_KEY must have at least {Least} bytes.");
        Signing = new SigningKey(secret);
        Verifying = options.JwtPreviousSecret is { } previous ? [Signing, new SigningKey(Encoding.UTF8.GetBytes(previous))] : [Signing];
        Sealing = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "hearth sealed answers"u8.ToArray());
    }

    public SigningKey Signing { get; }

    /// <summary>The signing key and, while keys are being changed, the one before.</summary>
    public IReadOnlyList<SigningKey> Verifying { get; }

    public byte[] Sealing { get; }

    private static string Kept(HearthOptions options)
    {
        if (options.IsProduction)
            throw new StartFailure("JWT_SECRET_KEY must be set: access tokens are signed with it.");
        var path = Path.Combine(options.DataDir, "jwt-secret");
        if (File.Exists(path))
            return File.ReadAllText(path);
        Directory.CreateDirectory(options.DataDir);
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Least));
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(Encoding.UTF8.GetBytes(secret));
        return secret;
    }
}

/// <summary>A key for HS256; its id is derived from it, so that nodes agree without being told.</summary>
internal sealed class SigningKey(byte[] secret)
{
    public byte[] Secret => secret;

    public string Id { get; } = Convert.ToHexStringLower(SHA256.HashData([.. "kid"u8, .. secret]).AsSpan(0, 4));
}
