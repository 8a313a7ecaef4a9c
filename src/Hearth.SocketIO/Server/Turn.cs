namespace Hearth.SocketIO.Server;

/// <summary>
/// The packets of one turn, put together per session: those that get the same packets share the same bytes, and each gets one send. A
/// bundle is a bundle before it and one packet more.
/// </summary>
internal sealed class Turn
{
    private readonly List<Item> plan = [];
    private readonly List<EngineSession> touched = [];
    private readonly List<(int Before, int Item)> bundles = [];
    private byte[]?[] bytes = [];
    private long mark;

    /// <summary>For each bundle, the one that adds the packet at hand; and that which begins with it.</summary>
    private int[] next = [];
    private int alone;

    public void Plan(in Item item) => plan.Add(item);

    public void Send()
    {
        try
        {
            Give();
        }
        finally
        {
            Array.Clear(bytes);
            plan.Clear();
            touched.Clear();
            bundles.Clear();
        }
    }

    private void Give()
    {
        for (var i = 0; i < plan.Count; i++)
            Add(i);
        if (bytes.Length < bundles.Count)
            bytes = new byte[bundles.Count * 2][];
        foreach (var session in touched)
        {
            var bundle = session.Bundle;
            session.Bundle = -1;
            if (session.IsWebSocket)
                session.Send(bytes[bundle] ??= Join(bundle));
            else
                SendEach(session, bundle);
        }

        SocketIOMetrics.Sent.Add(touched.Count);
    }

    private void Add(int index)
    {
        var item = plan[index];
        mark++;
        if (next.Length < bundles.Count)
            next = new int[bundles.Count * 2];
        Array.Fill(next, -1);
        alone = -1;
        if (item.Session is { } single)
        {
            Give(single, index, item.IsVolatile);
            return;
        }

        foreach (var set in item.Audience.Sets)
        {
            foreach (var socket in set)
            {
                if (item.Audience.Except?.Contains(socket) != true)
                    Give(socket.Session, index, item.IsVolatile);
            }
        }
    }

    private void Give(EngineSession session, int index, bool isVolatile)
    {
        if (session.Mark == mark)
            return;
        session.Mark = mark;
        if (isVolatile && !session.IsWritable)
        {
            SocketIOMetrics.Volatile.Add(1);
            return;
        }

        if (session.Bundle < 0)
            touched.Add(session);
        session.Bundle = With(session.Bundle, index);
    }

    private int With(int bundle, int index)
    {
        // A bundle that was made for this very packet is not in the table, and no session has both.
        ref var larger = ref bundle < 0 ? ref alone : ref next[bundle];
        if (larger < 0)
        {
            larger = bundles.Count;
            bundles.Add((bundle, index));
        }

        return larger;
    }

    private byte[] Join(int bundle)
    {
        var packets = Packets(bundle);
        if (packets.Count == 1)
            return packets[0].Bytes;
        var joined = new byte[packets.Sum(packet => packet.Bytes.Length)];
        var at = 0;
        foreach (var packet in packets)
        {
            packet.Bytes.CopyTo(joined, at);
            at += packet.Bytes.Length;
        }

        return joined;
    }

    private void SendEach(EngineSession session, int bundle)
    {
        foreach (var packet in Packets(bundle))
            session.Send(packet);
    }

    private List<Packet> Packets(int bundle)
    {
        var packets = new List<Packet>();
        for (var at = bundle; at >= 0; at = bundles[at].Before)
            packets.Add(plan[bundles[at].Item].Packet!);
        packets.Reverse();
        return packets;
    }
}
