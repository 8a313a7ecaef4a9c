using System.Buffers.Text;
using System.Security.Cryptography;

namespace Hearth.SocketIO.Engine;

/// <summary>Makes ids that nobody can guess.</summary>
internal static class SessionId
{
    private const int Bytes = 15;

    /// <summary>120 random bits as 20 characters that need no escaping in a URL.</summary>
    public static string New()
    {
        Span<byte> random = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }
}
