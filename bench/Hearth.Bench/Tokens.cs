using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hearth.Bench;

/// <summary>Access tokens as the server writes them, signed with the secret that it is started with: ten thousand logins would take a quarter of an hour.</summary>
internal static class Tokens
{
    public const string Secret = "a-secret-of-the-bench-and-of-nothing-else-0123456789";

    public static string[] For(long firstUser, Guid[] uuids) =>
        [.. uuids.Select((uuid, n) => One(firstUser + n, uuid))];

    public static string One(long user, Guid uuid)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        // As long as a whole run may take.
        var claims = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"iss":"hearth","aud":"hearth-api","sub":"{{uuid}}","uid":{{user}},"ver":1,"iat":{{now}},"nbf":{{now}},"exp":{{now + 86_400}},"jti":"{{Guid.NewGuid()}}"}""");
        var signed = $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
