using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;

namespace Hearth.SocketIO.Engine;

/// <summary>The body of a POST: packets, with a separator between each two.</summary>
internal static class Payload
{
    /// <summary>Hands the packets to the session one by one. The first bad one closes it.</summary>
    /// <returns>Whether all were well formed.</returns>
    public static async ValueTask<bool> Take(EngineSession session, ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
            return Bad(session);
        while (true)
        {
            var end = body.Span.IndexOf(Packet.Separator);
            var packet = end < 0 ? body : body[..end];
            if (session.IsClosed)
                return true;
            if (packet.IsEmpty || packet.Span[0] is not (>= (byte)'0' and <= (byte)'6' or (byte)'b'))
                return Bad(session);
            if (packet.Span[0] != (byte)'b')
                await session.Receive(packet);
            else if (!await TakeBinary(session, packet[1..]))
                return Bad(session);
            if (end < 0)
                return true;
            body = body[(end + 1)..];
        }
    }

    private static async ValueTask<bool> TakeBinary(EngineSession session, ReadOnlyMemory<byte> base64)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, Base64.GetMaxDecodedFromUtf8Length(base64.Length)));
        try
        {
            if (base64.Length % 4 != 0 || Base64.DecodeFromUtf8(base64.Span, buffer, out _, out var length) != OperationStatus.Done)
                return false;
            await session.ReceiveBinary(buffer.AsMemory(0, length));
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool Bad(EngineSession session)
    {
        session.Close(DisconnectReason.ParseError, silently: true);
        return false;
    }
}
