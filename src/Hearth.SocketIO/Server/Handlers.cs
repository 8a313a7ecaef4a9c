namespace Hearth.SocketIO.Server;

/// <summary>Handles an event.</summary>
internal delegate Task Handle(SocketEvent e);

/// <summary>What listens to which event; a name of null listens to all.</summary>
internal sealed class Handlers
{
    private (string? Name, Handle Handle)[] all = [];

    public void Add(string? name, Handle handle)
    {
        lock (this)
            all = [.. all, (name, handle)];
    }

    public void Remove(string? name)
    {
        lock (this)
            all = [.. all.Where(handler => handler.Name != name)];
    }

    /// <summary>Begins each handler in the order in which they were added.</summary>
    /// <returns>Ends when all have.</returns>
    public async Task Run(SocketEvent e)
    {
        foreach (var (name, handle) in all)
        {
            if (name is null || name == e.Name)
                await handle(e);
        }
    }
}
