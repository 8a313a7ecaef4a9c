using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Hearth.SocketIO.Engine;

/// <summary>The body of a POST, counted as it is read.</summary>
internal sealed class PostBody(int limit) : IDisposable
{
    private const int FirstBytes = 1024;

    private byte[] buffer = [];
    private int length;

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <returns>False when it is larger than the limit.</returns>
    public async ValueTask<bool> Read(HttpContext http)
    {
        if (http.Request.ContentLength > limit)
            return false;
        buffer = ArrayPool<byte>.Shared.Rent((int)(http.Request.ContentLength ?? FirstBytes) + 1);
        while (true)
        {
            var count = await http.Request.Body.ReadAsync(buffer.AsMemory(length), http.RequestAborted);
            if (count == 0)
                return true;
            length += count;
            if (length > limit)
                return false;
            if (length == buffer.Length)
                Grow();
        }
    }

    public void Dispose()
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
