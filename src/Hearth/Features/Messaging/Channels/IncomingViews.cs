namespace Hearth.Features.Messaging.Channels;

/// <summary>A message that a provider hands on.</summary>
/// <param name="From">The contact's phone number or e-mail address.</param>
/// <param name="ExternalId">The provider's id; the same again changes nothing.</param>
/// <param name="At">When it was sent; now where it is left out.</param>
internal sealed record IncomingMessage(string From, string Body, string ExternalId, string? Subject = null, DateTime? At = null);

/// <param name="Conversation">The conversation that took it.</param>
/// <param name="Repeated">It had come before; nothing changed.</param>
internal sealed record IncomingView(Guid Conversation, Guid Message, bool Repeated);

/// <summary>What became of a message.</summary>
/// <param name="MessageId">The id under which Hearth handed it over.</param>
/// <param name="Status">sent, delivered, read or failed.</param>
/// <param name="Reason">Why it failed.</param>
internal sealed record Receipt(Guid MessageId, string Status, DateTime? At = null, string? Reason = null);

/// <param name="Status">The message's status now.</param>
/// <param name="Changed">False for a repeat, or one that comes too late.</param>
internal sealed record ReceiptAnswer(Guid MessageId, string Status, bool Changed);

internal sealed record OptedOutView(bool OptedOut);
