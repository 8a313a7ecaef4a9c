namespace Hearth.Realtime;

/// <summary>
/// The events of one turn of the hub, put together per socket: those who get the same events share the same bytes, and each
/// gets one send. A bundle is a bundle before it and one event more.
/// </summary>
internal sealed class Turn
{
    private readonly List<(Outgoing Event, Member[][] Audience)> plan = [];
    private readonly List<Peer> touched = [];
    private readonly List<(int Before, int Event)> bundles = [];

    /// <summary>For each bundle, the one that adds the event at hand; and that which begins with it.</summary>
    private int[] next = [];
    private int alone;

    public void Plan(in Outgoing item, Member[][] audience) => plan.Add((item, audience));

    public void Send()
    {
        for (var i = 0; i < plan.Count; i++)
            Add(i);
        var bytes = new ArraySegment<byte>[bundles.Count];
        foreach (var peer in touched)
        {
            var bundle = peer.Mark.Bundle;
            peer.Mark.Bundle = -1;
            if (bytes[bundle].Array is null)
                bytes[bundle] = Bytes(bundle);
            peer.Outlet.Send(bytes[bundle]);
        }

        RealtimeMetrics.Frames.Add(touched.Count);
    }

    private void Add(int index)
    {
        var (item, audience) = plan[index];
        next = new int[bundles.Count];
        Array.Fill(next, -1);
        alone = -1;
        foreach (var members in audience)
        {
            foreach (var (peer, joinedAt) in members)
            {
                ref var mark = ref peer.Mark;
                if (mark.Event == item.Mark || item.Position <= joinedAt || item.Position <= peer.Floor || item.Live?.IsFor(peer.Caller) == false)
                    continue;
                mark.Event = item.Mark;
                if (mark.Bundle < 0)
                    touched.Add(peer);
                mark.Bundle = With(mark.Bundle, index);
            }
        }
    }

    private int With(int bundle, int index)
    {
        ref var larger = ref bundle < 0 ? ref alone : ref next[bundle];
        if (larger < 0)
        {
            larger = bundles.Count;
            bundles.Add((bundle, index));
        }

        return larger;
    }

    private byte[] Bytes(int bundle)
    {
        var (before, only) = bundles[bundle];
        if (before < 0)
            return plan[only].Event.Bytes;
        var parts = new List<byte[]>();
        for (var at = bundle; at >= 0; at = bundles[at].Before)
            parts.Add(plan[bundles[at].Event].Event.Bytes);
        var bytes = new byte[parts.Sum(part => part.Length)];
        var place = bytes.Length;
        foreach (var part in parts)
        {
            place -= part.Length;
            part.CopyTo(bytes, place);
        }

        return bytes;
    }
}
