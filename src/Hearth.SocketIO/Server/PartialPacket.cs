using System.Text.Json;
using Hearth.SocketIO.Parser;

namespace Hearth.SocketIO.Server;

/// <summary>An event or an acknowledgement whose attachments may still be coming.</summary>
internal sealed class PartialPacket
{
    private readonly EventArguments arguments;
    private readonly string? name;
    private readonly long id;
    private long bytes;

    private PartialPacket(Socket socket, string? name, EventArguments arguments, long id)
    {
        Socket = socket;
        this.name = name;
        this.arguments = arguments;
        this.id = id;
    }

    public Socket Socket { get; }

    public bool IsComplete => arguments.IsComplete;

    /// <summary>When it is given up.</summary>
    public long Until { get; set; }

    /// <exception cref="PacketFormatException">Its payload is not what belongs there.</exception>
    public static PartialPacket Read(Socket socket, in PacketHeader header, SocketIOOptions options, JsonSerializerOptions json)
    {
        if (header.Type is PacketType.Ack or PacketType.BinaryAck)
            return new PartialPacket(socket, null, EventArguments.OfAck(header.Json, header.Attachments, options.MaxJsonDepth, json), header.Id);
        var arguments = EventArguments.OfEvent(header.Json, header.Attachments, options.MaxJsonDepth, json, out var name);
        return new PartialPacket(socket, name, arguments, header.Id);
    }

    /// <returns>False when the attachments are too large together.</returns>
    public bool Attach(ReadOnlyMemory<byte> data, long most)
    {
        bytes += data.Length;
        if (bytes > most)
            return false;
        arguments.Attach(data.ToArray());
        return true;
    }

    public ValueTask Deliver()
    {
        if (name is not null)
            return Socket.Receive(new SocketEvent(Socket, name, arguments, id));
        Socket.Acks.Answer(id, arguments);
        return ValueTask.CompletedTask;
    }
}
