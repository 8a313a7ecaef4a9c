using System.Globalization;

namespace Hearth.SocketIO.Server;

/// <summary>What a namespace keeps for clients that come back: the last events with their places, and who was lost when. Bounded in every way.</summary>
internal sealed class RecoveryStore(RecoveryOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Queue<Kept> packets = new();
    private readonly Dictionary<string, Lost> lost = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, long At)> order = new();
    private readonly string epoch = Engine.SessionId.New()[..6];
    private long next;
    private long bytes;

    public RecoveryOptions Options => options;

    /// <summary>Gives an event its place, keeps it, and sends it: nobody else's comes between.</summary>
    public void Store(BroadcastTarget target, Func<string?, Packet> make, Action<Packet> send)
    {
        lock (gate)
        {
            Trim();
            var packet = make(string.Create(CultureInfo.InvariantCulture, $"{epoch}-{next}"));
            packets.Enqueue(new Kept(next++, time.GetTimestamp(), packet, target));
            bytes += packet.Bytes.Length;
            send(packet);
        }
    }

    /// <summary>Remembers a client that may come back.</summary>
    public void Keep(Socket socket, DisconnectReason reason)
    {
        if (socket.RecoveryId is not { } id || reason is DisconnectReason.ClientNamespaceDisconnect or DisconnectReason.ServerNamespaceDisconnect or DisconnectReason.ParseError)
            return;
        lock (gate)
        {
            Trim();
            if (lost.Count >= options.MaxSessions)
                return;
            lost[id] = new Lost(socket);
            order.Enqueue((id, time.GetTimestamp()));
        }
    }

    /// <summary>Takes a client back. It can come back once.</summary>
    /// <param name="id">What it was given to come back with.</param>
    /// <param name="offset">The place of the last event it got.</param>
    /// <param name="mayEnter">Whether it is the same person.</param>
    public Lost? Claim(string id, string offset, Func<Lost, bool> mayEnter)
    {
        lock (gate)
        {
            Trim();
            if (!lost.TryGetValue(id, out var found) || !TryParse(offset, out var place) || !mayEnter(found))
                return null;
            // The event it names must still be here, else there may be others that it missed.
            if (packets.Count == 0 || place < packets.Peek().Place || place >= next)
                return null;
            lost.Remove(id);
            found.Place = place;
            return found;
        }
    }

    /// <summary>Lets a client in with what it missed: whatever is sent later finds it there.</summary>
    public void Catch(Lost? who, Action<IEnumerable<Packet>> enter)
    {
        lock (gate)
            enter(who is null ? [] : packets.Where(kept => kept.Place > who.Place && who.IsMeant(kept.Target)).Select(kept => kept.Packet));
    }

    private bool TryParse(string offset, out long place)
    {
        place = -1;
        return offset.StartsWith(epoch + "-", StringComparison.Ordinal)
            && long.TryParse(offset.AsSpan(epoch.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out place);
    }

    private void Trim()
    {
        var limit = options.MaxDisconnection;
        while (packets.TryPeek(out var oldest) && (packets.Count >= options.MaxPackets || bytes > options.MaxBytes || time.GetElapsedTime(oldest.At) > limit))
            bytes -= packets.Dequeue().Packet.Bytes.Length;
        while (order.TryPeek(out var first) && (time.GetElapsedTime(first.At) > limit || !lost.ContainsKey(first.Id)))
        {
            order.Dequeue();
            lost.Remove(first.Id);
        }
    }

    private sealed record Kept(long Place, long At, Packet Packet, BroadcastTarget Target);
}
