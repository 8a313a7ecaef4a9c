using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Hearth.Features.Accounts;

/// <summary>Verifies bcrypt hashes, which imports bring, by the C library's <c>crypt_rn</c>.</summary>
internal static partial class Bcrypt
{
    // The size of libxcrypt's struct crypt_data.
    private const int Workspace = 32768;

    public static bool IsHash(string hash) =>
        hash.Length == 60 && hash is ['$', '2', 'a' or 'b' or 'y', '$', >= '0' and <= '9', >= '0' and <= '9', '$', ..];

    /// <summary>False as well where the library is missing: then that person resets the password.</summary>
    public static bool Verify(string hash, string password)
    {
        // A NUL would end the password early for the library.
        if (password.Contains('\0'))
            return false;
        var space = Marshal.AllocHGlobal(Workspace);
        try
        {
            Marshal.Copy(new byte[Workspace], 0, space, Workspace);
            var found = Marshal.PtrToStringUTF8(Crypt(password, hash, space, Workspace));
            return found is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(found), Encoding.ASCII.GetBytes(hash));
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
        finally
        {
            Marshal.FreeHGlobal(space);
        }
    }

    [LibraryImport("libcrypt.so.1", EntryPoint = "crypt_rn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Crypt(string phrase, string setting, nint data, int size);
}
