namespace Hearth.Realtime;

/// <summary>A socket in a group, and the position at which it joined.</summary>
internal readonly record struct Member(Peer Peer, long JoinedAt);

/// <summary>
/// A group's members. Most groups are one person's few sockets: those are an array, made anew with each change. In a large group
/// joining and leaving must not cost its size: there the array is made anew only when it is asked for after a change.
/// </summary>
internal sealed class Group
{
    private const int Few = 16;

    private Member[]? snapshot = [];
    private Dictionary<Peer, long>? many;

    public bool IsEmpty => many is null ? snapshot!.Length == 0 : many.Count == 0;

    public void Add(Peer peer, long position)
    {
        if (many is null && snapshot!.Length < Few)
        {
            snapshot = [.. snapshot, new Member(peer, position)];
            return;
        }

        many ??= snapshot!.ToDictionary(member => member.Peer, member => member.JoinedAt);
        many.Add(peer, position);
        snapshot = null;
    }

    public void Remove(Peer peer)
    {
        if (many is null)
        {
            snapshot = [.. snapshot!.Where(member => member.Peer != peer)];
            return;
        }

        many.Remove(peer);
        snapshot = null;
    }

    public Member[] Snapshot() => snapshot ??= [.. many!.Select(pair => new Member(pair.Key, pair.Value))];
}
