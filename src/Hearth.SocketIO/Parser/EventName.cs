using System.Text;
using System.Text.Json;

namespace Hearth.SocketIO.Parser;

/// <summary>The first item of an event's payload.</summary>
internal static class EventName
{
    /// <param name="json">A valid JSON array.</param>
    /// <param name="maxDepth">How deep it may be nested.</param>
    /// <param name="end">Where the name ends in the JSON.</param>
    /// <exception cref="PacketFormatException">It is no name that a client may use.</exception>
    public static string Read(ReadOnlySpan<byte> json, int maxDepth, out int end)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        reader.Read();
        reader.Read();
        end = (int)reader.BytesConsumed;
        var name = reader.TokenType switch
        {
            JsonTokenType.String => Text(ref reader),
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            _ => throw new PacketFormatException("An event has a name."),
        };
        return IsReserved(name) ? throw new PacketFormatException("The name is reserved.") : name;
    }

    /// <summary>Names of things that happen on one side alone.</summary>
    public static bool IsReserved(string name) =>
        name is "connect" or "connect_error" or "disconnect" or "disconnecting" or "newListener" or "removeListener";

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair.
            throw new PacketFormatException(e.Message);
        }
    }
}
