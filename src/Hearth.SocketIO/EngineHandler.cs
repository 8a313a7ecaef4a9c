namespace Hearth.SocketIO;

/// <summary>What an application does with one Engine.IO session. Messages come one at a time, in order.</summary>
public abstract class EngineHandler
{
    /// <summary>A text message came.</summary>
    /// <param name="text">The text in UTF-8, valid until the returned task has ended.</param>
    /// <returns>Ends when the next message may come.</returns>
    public abstract ValueTask OnText(ReadOnlyMemory<byte> text);

    /// <summary>A binary message came.</summary>
    /// <param name="data">The message, valid until the returned task has ended.</param>
    /// <returns>Ends when the next message may come.</returns>
    public abstract ValueTask OnBinary(ReadOnlyMemory<byte> data);

    /// <summary>The session has ended; said once. It must not wait.</summary>
    public abstract void OnClosed(DisconnectReason reason);

    /// <summary>The time of <see cref="EngineSession.Alarm"/> has come.</summary>
    internal virtual void OnAlarm()
    {
    }
}
