using System.Buffers;
using System.Text.Json;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.SocketIO.Transport;

namespace Hearth.Realtime;

/// <summary>Writes an event into the one frame that all its sockets share: <c>{"type", "data", "timestamp", "id"}</c>.</summary>
internal static class EventFrame
{
    private static readonly JsonWriterOptions Options = new() { Encoder = Json.Options.Encoder, SkipValidation = true };

    public static byte[] Build(LiveEvent live)
    {
        var buffer = new ArrayBufferWriter<byte>(live.Data.Length + 160);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, live.Type);
            json.WritePropertyName("data"u8);
            json.WriteRawValue(live.Data.Span, skipInputValidation: true);
            json.WriteString("timestamp"u8, live.Row.At);
            json.WriteString("id"u8, Position.Format(live.Row.Id));
            json.WriteEndObject();
        }

        return Frame.Text(buffer.WrittenSpan);
    }
}
