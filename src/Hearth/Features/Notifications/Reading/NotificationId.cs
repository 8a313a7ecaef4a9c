using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.Features.Notifications.Reading;

/// <summary>
/// A notification's id as a client writes it: the integer, or the UUID that stands for it. The UUID (version 8) holds the integer and a
/// digest of whose it is, so none needs to be stored: another person's is nobody's.
/// </summary>
[JsonConverter(typeof(NotificationIdConverter))]
internal readonly record struct NotificationId(long? Number, Guid? Uuid)
{
    private const long Most = (1L << 62) - 1;

    public static bool TryParse(string? text, out NotificationId id)
    {
        if (Guid.TryParse(text, out var uuid))
            id = new NotificationId(null, uuid);
        else if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            id = new NotificationId(number, null);
        else
            id = default;
        return id != default;
    }

    public static Guid UuidOf(long user, long id)
    {
        Span<byte> bytes = stackalloc byte[16];
        Owner(user, bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], (id & Most) | long.MinValue);
        return new Guid(bytes, bigEndian: true);
    }

    /// <returns>The integer for this person; null when the UUID is not one of theirs.</returns>
    public long? For(long user)
    {
        if (Uuid is not { } uuid)
            return Number;
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        var id = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]) & Most;
        return UuidOf(user, id) == uuid ? id : null;
    }

    private static void Owner(long user, Span<byte> bytes)
    {
        Span<byte> input = stackalloc byte[8];
        Span<byte> digest = stackalloc byte[32];
        BinaryPrimitives.WriteInt64BigEndian(input, user);
        SHA256.HashData(input, digest);
        digest[..8].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
    }
}

internal sealed class NotificationIdConverter : JsonConverter<NotificationId>
{
    public override NotificationId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out var number) => new NotificationId(number, null),
        JsonTokenType.String when NotificationId.TryParse(reader.GetString(), out var id) => id,
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, NotificationId value, JsonSerializerOptions options)
    {
        if (value.Uuid is { } uuid)
            writer.WriteStringValue(uuid);
        else
            writer.WriteNumberValue(value.Number ?? 0);
    }
}
