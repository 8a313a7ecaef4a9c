using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;

namespace Hearth.Jobs.Mail;

/// <summary>A mail to one person, as it waits in the deliveries table. <c>Message-ID</c> follows from the delivery's key.</summary>
internal sealed record MailMessage(string To, string Subject, string Html, string Text)
{
    public string? ToName { get; init; }

    /// <summary>
    /// An address that a POST without anything else unsubscribes at (RFC 8058); becomes <c>List-Unsubscribe</c> and
    /// <c>List-Unsubscribe-Post</c>. Null for mails that a person asked for.
    /// </summary>
    public string? Unsubscribe { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }
}

/// <summary>Puts mails among the deliveries.</summary>
internal static class Mails
{
    public const string Channel = "mail";

    /// <summary>Enqueues in the caller's open transaction; the same key again does nothing.</summary>
    public static Task<bool> Enqueue(NpgsqlConnection db, string key, MailMessage message, DateTime? dueAt = null, CancellationToken ct = default) =>
        Deliveries.Enqueue(db, Delivery(key, message, dueAt), ct);

    public static NewDelivery Delivery(string key, MailMessage message, DateTime? dueAt = null) =>
        new(key, Channel, JsonSerializer.Serialize(message, MailJson.Default.MailMessage), dueAt);

    public static MailMessage Read(string payload) => JsonSerializer.Deserialize(payload, MailJson.Default.MailMessage)!;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MailMessage))]
internal sealed partial class MailJson : JsonSerializerContext;
