using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Hearth.Platform;

/// <summary>Tokens of other programs: shown once, stored hashed.</summary>
internal static class ServiceTokens
{
    public const string Prefix = "hst_";

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>A token has 256 random bits: one round of SHA-256 hides it.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
