using System.Text;
using System.Text.Json;
using Hearth.SocketIO.Parser;

namespace Hearth.SocketIO;

/// <summary>
/// The arguments of an event or of an acknowledgement, as the client sent them: JSON and byte arrays beside it. They may be sent on as
/// they are, which neither reads nor changes them.
/// </summary>
public sealed class EventArguments
{
    private readonly List<Placeholder>? places;
    private readonly JsonSerializerOptions options;
    private ReadOnlyMemory<byte>[] attachments;
    private int had;

    private EventArguments(byte[] json, List<Placeholder>? places, int attachments, JsonSerializerOptions options)
    {
        RawJson = json;
        this.places = places;
        this.options = options;
        this.attachments = attachments == 0 ? [] : new ReadOnlyMemory<byte>[attachments];
    }

    /// <summary>The arguments as a JSON array in UTF-8, with placeholders where byte arrays belong.</summary>
    public ReadOnlyMemory<byte> Json => RawJson;

    /// <summary>The byte arrays that came beside the JSON.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Attachments => attachments;

    /// <summary>How many arguments there are.</summary>
    public int Count
    {
        get
        {
            var reader = Start();
            var count = 0;
            for (; reader.TokenType != JsonTokenType.EndArray; count++)
                Next(ref reader);
            return count;
        }
    }

    internal byte[] RawJson { get; }

    internal IReadOnlyList<Placeholder> Places => places ?? [];

    internal bool IsComplete => had == attachments.Length;

    internal long Bytes => RawJson.Length + attachments.Sum(attachment => (long)attachment.Length);

    /// <summary>Reads one argument.</summary>
    /// <param name="index">Which, from 0 on.</param>
    /// <returns>The argument; the type's default when the client sent fewer, as JavaScript has it.</returns>
    /// <exception cref="JsonException">The argument is of another type.</exception>
    public T? Get<T>(int index)
    {
        var reader = Start();
        for (; index > 0 && reader.TokenType != JsonTokenType.EndArray; index--)
            Next(ref reader);
        return Read<T>(ref reader);
    }

    /// <summary>The arguments as text, for whoever reads a log.</summary>
    public override string ToString() => Encoding.UTF8.GetString(RawJson);

    /// <summary>Takes an event's payload: its name and its arguments.</summary>
    /// <exception cref="PacketFormatException">It is none.</exception>
    internal static EventArguments OfEvent(ReadOnlySpan<byte> json, int attachments, int maxDepth, JsonSerializerOptions options, out string name)
    {
        JsonScan.Check(json, JsonTokenType.StartArray, attachments, maxDepth);
        var compact = CompactJson.Copy(json);
        name = EventName.Read(compact, maxDepth, out var end);
        // The arguments alone are an array again: the bracket takes the place of the comma.
        var rest = compact.AsSpan(end);
        byte[] arguments = rest[0] == (byte)',' ? [(byte)'[', .. rest[1..]] : [(byte)'[', (byte)']'];
        return new EventArguments(arguments, Find(arguments, attachments, maxDepth), attachments, options);
    }

    /// <summary>Takes an acknowledgement's payload.</summary>
    /// <exception cref="PacketFormatException">It is none.</exception>
    internal static EventArguments OfAck(ReadOnlySpan<byte> json, int attachments, int maxDepth, JsonSerializerOptions options)
    {
        JsonScan.Check(json, JsonTokenType.StartArray, attachments, maxDepth);
        var arguments = CompactJson.Copy(json);
        return new EventArguments(arguments, Find(arguments, attachments, maxDepth), attachments, options);
    }

    /// <summary>Takes the next attachment, which stays.</summary>
    internal void Attach(byte[] attachment) => attachments[had++] = attachment;

    internal Utf8JsonReader Start()
    {
        var reader = new Utf8JsonReader(RawJson, new JsonReaderOptions { MaxDepth = 1000 });
        reader.Read();
        reader.Read();
        return reader;
    }

    /// <summary>Reads the argument at hand and goes on to the next.</summary>
    internal T? Read<T>(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.EndArray)
            return default;
        Parser.Attachments.Read = attachments;
        try
        {
            var value = JsonSerializer.Deserialize<T>(ref reader, options);
            reader.Read();
            return value;
        }
        finally
        {
            Parser.Attachments.Read = null;
        }
    }

    private static List<Placeholder>? Find(byte[] json, int attachments, int maxDepth) =>
        attachments == 0 ? null : JsonScan.Check(json, JsonTokenType.StartArray, attachments, maxDepth);

    private static void Next(ref Utf8JsonReader reader)
    {
        reader.Skip();
        reader.Read();
    }
}
