namespace Hearth.SocketIO.Server;

/// <summary>
/// A room's members. Most rooms are small: those are an array, made anew with each change. In a large one joining and leaving must not
/// cost its size: there the array is made anew only when it is asked for after a change.
/// </summary>
internal sealed class Room
{
    private const int Few = 16;

    private Socket[]? snapshot = [];
    private HashSet<Socket>? many;

    public bool IsEmpty => many is null ? snapshot!.Length == 0 : many.Count == 0;

    public void Add(Socket socket)
    {
        if (many is null && snapshot!.Length < Few)
        {
            snapshot = [.. snapshot, socket];
            return;
        }

        many ??= [.. snapshot!];
        many.Add(socket);
        snapshot = null;
    }

    public void Remove(Socket socket)
    {
        if (many is null)
        {
            snapshot = [.. snapshot!.Where(member => member != socket)];
            return;
        }

        many.Remove(socket);
        snapshot = null;
    }

    public Socket[] Snapshot() => snapshot ??= [.. many!];
}
