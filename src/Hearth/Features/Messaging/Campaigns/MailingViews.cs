using Hearth.Features.Messaging.Conversations;
using Hearth.Features.Messaging.Segments;

namespace Hearth.Features.Messaging.Campaigns;

/// <summary>Who gets a campaign: contacts with any of the tags, contacts by their ids, or a segment; the union of what is given.</summary>
internal sealed record Audience(List<string>? Tags = null, List<Guid>? Contacts = null, Segment? Segment = null);

/// <param name="Name">At most 150 characters; the subject of its mails.</param>
/// <param name="Template">The template's id; it must be approved when the campaign starts.</param>
/// <param name="Channel">email, webhook or sandbox.</param>
internal sealed record NewMailing(string Name, Guid Template, string Channel, Audience Audience);

internal sealed record MailingTemplate(Guid Id, string Name, int? Version);

/// <summary>A campaign of a tenant to its contacts.</summary>
/// <param name="Status">draft, running, paused, cancelled or completed.</param>
/// <param name="RecipientCount">Whom it goes to, since the start.</param>
/// <param name="Pending">Not sent yet.</param>
/// <param name="Sent">Handed over to the channel.</param>
/// <param name="Delivered">Of them, those known to have arrived.</param>
/// <param name="Read">Of them, those known to have been read.</param>
/// <param name="Failed">Refused, or bounced.</param>
/// <param name="Uncertain">A crash hid whether it was sent; a person may send these again.</param>
/// <param name="Skipped">Opted out since the start, or merged into another recipient.</param>
/// <param name="DeliveryRate">Delivered of sent, in per cent with one decimal.</param>
internal sealed record MailingView(
    Guid Id,
    string Name,
    MailingTemplate Template,
    string Channel,
    Audience Audience,
    string Status,
    int RecipientCount,
    int Pending,
    int Sent,
    int Delivered,
    int Read,
    int Failed,
    int Uncertain,
    int Skipped,
    double DeliveryRate,
    DateTime CreatedAt,
    DateTime? StartedAt,
    DateTime? EndedAt);

/// <summary>What became of a campaign's message to one contact.</summary>
/// <param name="MessageId">The message, as receipts name it.</param>
/// <param name="Status">queued, sending, sent, delivered, read, failed, uncertain, skipped or cancelled.</param>
internal sealed record MailingReceipt(Guid MessageId, ContactName Contact, string Status, string? Reason, DateTime? SentAt, DateTime? DeliveredAt);

/// <param name="Messages">Which; all that are uncertain where it is left out.</param>
internal sealed record ResendRequest(List<Guid>? Messages = null);

/// <param name="Queued">How many are sent again.</param>
internal sealed record ResentView(int Queued);
