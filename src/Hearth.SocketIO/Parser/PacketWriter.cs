using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hearth.SocketIO.Parser;

/// <summary>Makes finished packets of what the application sends.</summary>
internal sealed class PacketWriter(JsonSerializerOptions options)
{
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? spare;

    private readonly JsonWriterOptions writing = new() { Encoder = options.Encoder, MaxDepth = 1000, SkipValidation = true };

    public Packet Event(string ns, string name, ReadOnlySpan<object?> arguments, long id = -1, string? offset = null)
    {
        var attachments = new List<ReadOnlyMemory<byte>>();
        var json = Rent();
        try
        {
            Attachments.Written = attachments;
            using (var writer = new Utf8JsonWriter(json, writing))
            {
                writer.WriteStartArray();
                writer.WriteStringValue(name);
                Write(writer, arguments);
                if (offset is not null)
                    writer.WriteStringValue(offset);
                writer.WriteEndArray();
            }

            return Build(PacketType.Event, ns, id, json.WrittenSpan, attachments);
        }
        finally
        {
            Attachments.Written = null;
            Return(json);
        }
    }

    /// <summary>Sends on what a client sent.</summary>
    public Packet Event(string ns, string name, EventArguments arguments, long id = -1, string? offset = null)
    {
        var attachments = new List<ReadOnlyMemory<byte>>();
        var json = Rent();
        try
        {
            json.Write("["u8);
            json.Write(JsonSerializer.SerializeToUtf8Bytes(name, options));
            var rest = arguments.RawJson.Length == 2 ? ReadOnlySpan<byte>.Empty : ","u8;
            json.Write(rest);
            Copy(arguments, json, attachments);
            if (offset is not null)
                json.Write(Encoding.UTF8.GetBytes($",\"{offset}\""));
            json.Write("]"u8);
            return Build(PacketType.Event, ns, id, json.WrittenSpan, attachments);
        }
        finally
        {
            Return(json);
        }
    }

    public Packet Ack(string ns, long id, ReadOnlySpan<object?> arguments)
    {
        var attachments = new List<ReadOnlyMemory<byte>>();
        var json = Rent();
        try
        {
            Attachments.Written = attachments;
            using (var writer = new Utf8JsonWriter(json, writing))
            {
                writer.WriteStartArray();
                Write(writer, arguments);
                writer.WriteEndArray();
            }

            return Build(PacketType.Ack, ns, id, json.WrittenSpan, attachments);
        }
        finally
        {
            Attachments.Written = null;
            Return(json);
        }
    }

    public Packet Ack(string ns, long id, EventArguments arguments)
    {
        var attachments = new List<ReadOnlyMemory<byte>>();
        var json = Rent();
        try
        {
            json.Write("["u8);
            Copy(arguments, json, attachments);
            json.Write("]"u8);
            return Build(PacketType.Ack, ns, id, json.WrittenSpan, attachments);
        }
        finally
        {
            Return(json);
        }
    }

    public static Packet Connect(string ns, string sid, string? pid) =>
        Build(PacketType.Connect, ns, -1, Encoding.ASCII.GetBytes(pid is null ? $$"""{"sid":"{{sid}}"}""" : $$"""{"sid":"{{sid}}","pid":"{{pid}}"}"""), []);

    public static Packet Disconnect(string ns) => Build(PacketType.Disconnect, ns, -1, [], []);

    public Packet Refused(string ns, string message, object? details)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, writing))
        {
            writer.WriteStartObject();
            writer.WriteString("message"u8, message);
            if (details is not null)
            {
                writer.WritePropertyName("data"u8);
                JsonSerializer.Serialize(writer, details, details.GetType(), options);
            }

            writer.WriteEndObject();
        }

        return Build(PacketType.ConnectError, ns, -1, json.WrittenSpan, []);
    }

    private void Write(Utf8JsonWriter writer, ReadOnlySpan<object?> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument is null)
                writer.WriteNullValue();
            else
                JsonSerializer.Serialize(writer, argument, argument.GetType(), options);
        }
    }

    /// <summary>Copies the arguments without their brackets; each attachment gets a number of its own, in order.</summary>
    private static void Copy(EventArguments arguments, ArrayBufferWriter<byte> json, List<ReadOnlyMemory<byte>> attachments)
    {
        var text = arguments.RawJson.AsSpan(0, arguments.RawJson.Length - 1);
        var at = 1;
        foreach (var place in arguments.Places)
        {
            json.Write(text[at..place.Start]);
            json.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"_placeholder":true,"num":{{attachments.Count}}}""")));
            attachments.Add(arguments.Attachments[place.Number]);
            at = place.Start + place.Length;
        }

        json.Write(text[at..]);
    }

    private static Packet Build(PacketType type, string ns, long id, ReadOnlySpan<byte> json, List<ReadOnlyMemory<byte>> attachments)
    {
        if (attachments.Count > 0)
            type += PacketType.BinaryEvent - PacketType.Event;
        var count = attachments.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"{attachments.Count}-") : "";
        var number = id >= 0 ? id.ToString(CultureInfo.InvariantCulture) : "";
        var header = string.Create(CultureInfo.InvariantCulture, $"4{(int)type}{count}{(ns == "/" ? "" : ns + ",")}{number}");
        var length = Encoding.UTF8.GetMaxByteCount(header.Length) + json.Length;
        var text = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var at = Encoding.UTF8.GetBytes(header, text);
            json.CopyTo(text.AsSpan(at));
            return Packet.OfGroup(text.AsSpan(0, at + json.Length), attachments);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    private static ArrayBufferWriter<byte> Rent()
    {
        var buffer = spare ?? new ArrayBufferWriter<byte>(1024);
        spare = null;
        return buffer;
    }

    private static void Return(ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        if (buffer.Capacity <= KeptBytes)
            spare = buffer;
    }
}
