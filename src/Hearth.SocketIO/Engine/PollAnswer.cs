namespace Hearth.SocketIO.Engine;

/// <summary>What a GET of the polling transport is answered.</summary>
internal readonly record struct PollAnswer(byte[]? Body, Refusal? Refusal = null)
{
    public static readonly PollAnswer Noop = new("6"u8.ToArray());
    public static readonly PollAnswer Close = new("1"u8.ToArray());

    /// <summary>For a session that the server closed while nobody polled.</summary>
    public static readonly PollAnswer Farewell = new("6\u001e1"u8.ToArray());

    /// <summary>400 without a body.</summary>
    public static readonly PollAnswer Bad = new(null);

    public static PollAnswer Refused(Refusal refusal) => new(null, refusal);
}
