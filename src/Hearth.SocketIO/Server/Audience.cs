namespace Hearth.SocketIO.Server;

/// <summary>Whom a packet goes to, as it was when the packet was sent. A socket may be in several of the sets.</summary>
internal readonly record struct Audience(IReadOnlyList<Socket[]> Sets, HashSet<Socket>? Except)
{
    /// <summary>How many sockets at most.</summary>
    public int Size => Sets.Sum(set => set.Length);

    public IEnumerable<Socket> Sockets()
    {
        var except = Except;
        var all = Sets.Count == 1 ? Sets[0] : Sets.SelectMany(set => set).Distinct();
        return except is null ? all : all.Where(socket => !except.Contains(socket));
    }
}
