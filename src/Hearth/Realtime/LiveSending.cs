using Hearth.SocketIO.Transport;

namespace Hearth.Realtime;

/// <summary>What may wait for a socket that reads slowly. Beyond that it misses events, and is told to fetch anew.</summary>
internal sealed class LiveSending : SendPolicy
{
    public static readonly LiveSending Policy = new() { Resync = Frame.Text("""{"type":"resync"}"""u8) };

    public override void Dropped(int frames) => RealtimeMetrics.Dropped.Add(frames);

    public override void Resynced() => RealtimeMetrics.Resyncs.Add(1);

    public override void Aborted() => RealtimeMetrics.Aborted.Add(1);
}

/// <summary>Hearth's own close codes.</summary>
internal static class LiveClose
{
    /// <summary>The token ended or counts no more: connect again with a new one.</summary>
    public const CloseCode SignedOut = (CloseCode)4401;
}
