namespace Hearth.Realtime;

/// <summary>The groups of one socket: joined with what was missed, when it said since when; left at any time.</summary>
internal sealed class Rooms(Peer peer, Hub hub, CatchUp? missed)
{
    private const int Most = 200;

    public bool IsFull(string group) => peer.Groups.Count >= Most && !peer.IsIn(group);

    /// <summary>Makes the socket known; it is in its person's group from then on.</summary>
    public Task Enter()
    {
        peer.Floor = missed?.Since ?? 0;
        peer.Outlet.Cork();
        return Replay(Groups.User(peer.Caller.UserId), hub.Add(peer));
    }

    /// <param name="answer">Goes before anything of the group.</param>
    public Task Join(string group, byte[] answer)
    {
        if (peer.IsIn(group))
        {
            peer.Outlet.Reply(answer);
            return Task.CompletedTask;
        }

        peer.Outlet.Cork();
        var position = hub.Join(peer, group);
        peer.Outlet.Reply(answer);
        return Replay(group, position);
    }

    public void Leave(string group)
    {
        if (!peer.IsIn(group))
            return;
        var position = hub.Leave(peer, group);
        missed?.Left(group, position);
    }

    private async Task Replay(string group, long position)
    {
        try
        {
            if (missed is not null)
                await missed.Send(peer.Outlet, group, position);
        }
        finally
        {
            peer.Outlet.Uncork();
        }
    }
}
