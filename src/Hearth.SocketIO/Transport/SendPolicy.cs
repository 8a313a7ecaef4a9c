namespace Hearth.SocketIO.Transport;

/// <summary>How much may wait for a slow connection, and what happens beyond.</summary>
internal class SendPolicy
{
    public int MostFrames { get; init; } = 256;

    public long MostBytes { get; init; } = 1 << 20;

    /// <summary>How many control frames and answers may wait, which are never dropped.</summary>
    public int MostKept { get; init; } = 64;

    /// <summary>What a client is told that misses frames; null when it may miss none, and its connection is cut off instead.</summary>
    public byte[]? Resync { get; init; }

    public virtual void Dropped(int frames)
    {
    }

    public virtual void Resynced()
    {
    }

    public virtual void Aborted()
    {
    }
}
