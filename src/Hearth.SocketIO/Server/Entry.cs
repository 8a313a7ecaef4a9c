using System.Text.Json;
using Hearth.SocketIO.Engine;
using Hearth.SocketIO.Parser;

namespace Hearth.SocketIO.Server;

/// <summary>A client's way into a namespace: as a new one, or as one that comes back.</summary>
internal sealed class Entry(Socket socket, JsonSerializerOptions json)
{
    private Lost? lost;

    /// <returns>Why it may not enter; null when it may.</returns>
    public async Task<ConnectRefusedException?> Ask()
    {
        var skip = socket.Namespace.Recovery?.Options.SkipMiddlewares == true;
        if (skip && TryClaim())
            return null;
        if (await socket.Namespace.Ask(socket) is { } refusal)
            return refusal;
        if (!skip)
            TryClaim();
        return null;
    }

    /// <summary>
    /// Sends what it missed, then the answer, by which its client knows that it goes on where it was; and makes it known. Nothing is sent to it
    /// in between.
    /// </summary>
    public void Enter()
    {
        if (socket.Namespace.Recovery is not { } store)
        {
            Enter([]);
            return;
        }

        socket.RecoveryId ??= SessionId.New();
        store.Catch(lost, Enter);
    }

    private void Enter(IEnumerable<Packet> missed)
    {
        foreach (var packet in missed)
            socket.Session.Send(packet);
        socket.Session.Send(PacketWriter.Connect(socket.Namespace.Name, socket.Id, socket.RecoveryId));
        socket.Namespace.Adapter.Add(socket);
        foreach (var room in lost?.Rooms ?? [])
            socket.Join(room);
    }

    private bool TryClaim()
    {
        if (socket.Namespace.Recovery is not { } store || Credentials() is not (string pid, string offset))
            return false;
        lost = store.Claim(pid, offset, found => found.IsSameAs(socket, store.Options.SkipMiddlewares));
        if (lost is null)
            return false;
        socket.Id = lost.SocketId;
        socket.RecoveryId = pid;
        socket.IsRecovered = true;
        socket.User = lost.User;
        foreach (var (key, value) in lost.Data)
            socket.Data[key] = value;
        return true;
    }

    private (string? Pid, string? Offset)? Credentials()
    {
        try
        {
            var auth = JsonSerializer.Deserialize<JsonElement>(socket.AuthJson.Span, json);
            return auth.TryGetProperty("pid", out var pid) && pid.ValueKind == JsonValueKind.String
                && auth.TryGetProperty("offset", out var offset) && offset.ValueKind == JsonValueKind.String
                ? (pid.GetString(), offset.GetString())
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }
}
