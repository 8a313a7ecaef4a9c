using System.Text;
using System.Text.Json;
using Hearth.SocketIO.Parser;

namespace Hearth.SocketIO.Server;

/// <summary>The Socket.IO side of one session: which namespaces it is in, and the packet that is coming.</summary>
internal sealed class Client : EngineHandler
{
    private readonly SocketIOServer server;
    private readonly Lock gate = new();
    private readonly long joinBy;
    private Socket[] sockets = [];
    private Socket[] joining = [];
    private PartialPacket? partial;
    private bool everJoined;
    private bool closed;

    public Client(SocketIOServer server, EngineSession session)
    {
        this.server = server;
        Session = session;
        joinBy = Later(server.Options.ConnectTimeout);
        session.Alarm = joinBy;
    }

    public EngineSession Session { get; }

    private SocketIOOptions Options => server.Options;

    public override ValueTask OnText(ReadOnlyMemory<byte> text)
    {
        try
        {
            if (partial is not null)
                throw new PacketFormatException("The packet before is not whole.");
            return Take(PacketHeader.Parse(text.Span, Options.MaxAttachments));
        }
        catch (PacketFormatException)
        {
            Session.Close(DisconnectReason.ParseError);
            return ValueTask.CompletedTask;
        }
    }

    public override ValueTask OnBinary(ReadOnlyMemory<byte> data)
    {
        if (partial is not { } packet || !packet.Attach(data, Options.MaxAttachmentBytes))
        {
            Session.Close(DisconnectReason.ParseError);
            return ValueTask.CompletedTask;
        }

        if (!packet.IsComplete)
            return ValueTask.CompletedTask;
        partial = null;
        SetAlarm();
        // It may have left in the meantime.
        return packet.Socket.IsConnected ? packet.Deliver() : ValueTask.CompletedTask;
    }

    public override void OnClosed(DisconnectReason reason)
    {
        Socket[] all;
        lock (gate)
        {
            closed = true;
            all = [.. sockets, .. joining];
            sockets = [];
            joining = [];
        }

        foreach (var socket in all)
            socket.Depart(reason);
    }

    /// <summary>Makes a socket leave its namespace.</summary>
    public void Expel(Socket socket, bool close)
    {
        if (close)
        {
            Socket[] all;
            lock (gate)
                all = sockets;
            foreach (var each in all)
                Session.Send(PacketWriter.Disconnect(each.Namespace.Name));
            Remove(socket);
            socket.Depart(DisconnectReason.ServerNamespaceDisconnect);
            Session.Close(DisconnectReason.ForcedClose);
        }
        else if (Remove(socket))
        {
            Session.Send(PacketWriter.Disconnect(socket.Namespace.Name));
            socket.Depart(DisconnectReason.ServerNamespaceDisconnect);
        }
    }

    internal override void OnAlarm()
    {
        var now = server.Time.GetTimestamp();
        if (!everJoined && now >= joinBy)
            Session.Close(DisconnectReason.ForcedServerClose);
        else if (partial is { } packet && now >= packet.Until)
            Session.Close(DisconnectReason.ParseError);
        else
            SetAlarm();
    }

    private long Later(TimeSpan span) => server.Time.GetTimestamp() + (long)(span.TotalSeconds * server.Time.TimestampFrequency);

    private void SetAlarm()
    {
        var at = everJoined ? long.MaxValue : joinBy;
        Session.Alarm = partial is { } packet ? Math.Min(at, packet.Until) : at;
    }

    private ValueTask Take(in PacketHeader header)
    {
        if (header.Type == PacketType.Connect)
        {
            Join(header);
            return ValueTask.CompletedTask;
        }

        if (Find(header.Namespace) is not { } socket)
        {
            Session.Close(DisconnectReason.ForcedServerClose);
            return ValueTask.CompletedTask;
        }

        if (header.Type == PacketType.Disconnect)
        {
            Remove(socket);
            socket.Depart(DisconnectReason.ClientNamespaceDisconnect);
            return ValueTask.CompletedTask;
        }

        var packet = PartialPacket.Read(socket, header, Options, server.Json);
        if (packet.IsComplete)
            return packet.Deliver();
        packet.Until = Later(Options.AttachmentTimeout);
        partial = packet;
        SetAlarm();
        return ValueTask.CompletedTask;
    }

    private void Join(in PacketHeader header)
    {
        byte[]? auth = null;
        if (!header.Json.IsEmpty)
        {
            JsonScan.Check(header.Json, JsonTokenType.StartObject, 0, Options.MaxJsonDepth);
            auth = CompactJson.Copy(header.Json);
        }

        var name = Encoding.UTF8.GetString(header.Namespace);
        if (server.Find(name) is not { } ns)
        {
            Session.Send(server.Writer.Refused(name, "Invalid namespace", null));
            return;
        }

        Socket socket;
        lock (gate)
        {
            if (closed)
                return;
            if (Find(header.Namespace) is null && !joining.Any(other => other.Namespace == ns))
                joining = [.. joining, socket = new Socket(ns, this, auth)];
            else
                socket = null!;
        }

        if (socket is null)
            Session.Close(DisconnectReason.ForcedServerClose);
        else
            _ = Join(socket);
    }

    private async Task Join(Socket socket)
    {
        var entry = new Entry(socket, server.Json);
        if (await entry.Ask() is { } refusal)
        {
            lock (gate)
                joining = [.. joining.Where(other => other != socket)];
            Session.Send(server.Writer.Refused(socket.Namespace.Name, refusal.Message, refusal.Details));
            return;
        }

        if (!Enter(socket, entry))
            return;
        await socket.Namespace.Greet(socket);
        socket.Open();
    }

    /// <returns>False when the session has ended.</returns>
    private bool Enter(Socket socket, Entry entry)
    {
        lock (gate)
        {
            if (closed)
                return false;
            joining = [.. joining.Where(other => other != socket)];
            sockets = [.. sockets, socket];
            if (!everJoined)
            {
                everJoined = true;
                SetAlarm();
            }

            socket.Joined();
            entry.Enter();
            SocketIOMetrics.Sockets.Add(1);
            return true;
        }
    }

    private bool Remove(Socket socket)
    {
        lock (gate)
        {
            var before = sockets.Length;
            sockets = [.. sockets.Where(other => other != socket)];
            return sockets.Length < before;
        }
    }

    private Socket? Find(ReadOnlySpan<byte> ns)
    {
        Socket[] all;
        lock (gate)
            all = sockets;
        foreach (var socket in all)
        {
            if (socket.Namespace.Utf8Name.AsSpan().SequenceEqual(ns))
                return socket;
        }

        return null;
    }
}
