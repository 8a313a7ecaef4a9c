using Hearth.SocketIO;

namespace SocketIoEcho;

/// <summary>Sends every message back as it came.</summary>
internal sealed class EngineEcho(EngineSession session) : EngineHandler
{
    public override ValueTask OnText(ReadOnlyMemory<byte> text)
    {
        session.SendText(text.Span);
        return ValueTask.CompletedTask;
    }

    public override ValueTask OnBinary(ReadOnlyMemory<byte> data)
    {
        session.SendBinary(data.Span);
        return ValueTask.CompletedTask;
    }

    public override void OnClosed(DisconnectReason reason)
    {
    }
}
