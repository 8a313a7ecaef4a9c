using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.SocketIO.Parser;

/// <summary>The attachments of the packet that this thread reads or writes.</summary>
internal static class Attachments
{
    /// <summary>Those that are being collected; null while nothing is written.</summary>
    [ThreadStatic]
    public static List<ReadOnlyMemory<byte>>? Written;

    /// <summary>Those that a packet came with; null while none is read.</summary>
    [ThreadStatic]
    public static ReadOnlyMemory<byte>[]? Read;
}

/// <summary>Bytes travel beside the JSON; in it stands an object that tells which attachment they are.</summary>
internal abstract class BinaryConverter<T> : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return From(reader.GetBytesFromBase64());
        if (Attachments.Read is not { } attachments || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Not bytes.");
        var number = Number(ref reader);
        return number >= 0 && number < attachments.Length ? From(attachments[(int)number]) : throw new JsonException("There is no such attachment.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        var bytes = Bytes(value);
        if (Attachments.Written is not { } attachments)
        {
            writer.WriteBase64StringValue(bytes.Span);
            return;
        }

        writer.WriteStartObject();
        writer.WriteBoolean("_placeholder"u8, true);
        writer.WriteNumber("num"u8, attachments.Count);
        writer.WriteEndObject();
        attachments.Add(bytes);
    }

    protected abstract T From(ReadOnlyMemory<byte> bytes);

    protected abstract ReadOnlyMemory<byte> Bytes(T value);

    private static double Number(ref Utf8JsonReader reader)
    {
        var marked = false;
        var number = -1.0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMark = reader.ValueTextEquals("_placeholder"u8);
            var isNumber = reader.ValueTextEquals("num"u8);
            reader.Read();
            if (isMark)
                marked = reader.TokenType == JsonTokenType.True;
            else if (isNumber && reader.TokenType == JsonTokenType.Number)
                number = reader.GetDouble();
            reader.Skip();
        }

        return marked ? number : -1;
    }
}

internal sealed class ByteArrayConverter : BinaryConverter<byte[]>
{
    protected override byte[] From(ReadOnlyMemory<byte> bytes) => bytes.ToArray();

    protected override ReadOnlyMemory<byte> Bytes(byte[] value) => value;
}

internal sealed class ByteMemoryConverter : BinaryConverter<ReadOnlyMemory<byte>>
{
    protected override ReadOnlyMemory<byte> From(ReadOnlyMemory<byte> bytes) => bytes;

    protected override ReadOnlyMemory<byte> Bytes(ReadOnlyMemory<byte> value) => value;
}
