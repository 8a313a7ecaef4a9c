using Hearth.Platform;

namespace Hearth.Features.Messaging.Conversations;

/// <summary>Who a conversation is with.</summary>
internal sealed record ContactName(Guid Id, string Name);

/// <summary>The member of the tenant who sees to it.</summary>
internal sealed record AssigneeView(Guid Id, string Username, string DisplayName);

/// <summary>A conversation with a contact.</summary>
/// <param name="Status">open or closed.</param>
/// <param name="Replied">The contact has written in it.</param>
/// <param name="Waiting">The last message is the contact's.</param>
internal sealed record ConversationView(
    Guid Id,
    ContactName Contact,
    string Subject,
    string Channel,
    string Status,
    AssigneeView? Assignee,
    bool Replied,
    bool Waiting,
    DateTime LastMessageAt,
    DateTime CreatedAt);

/// <param name="Contact">The contact's id.</param>
/// <param name="Subject">At most 200 characters.</param>
/// <param name="Channel">email, webhook or sandbox.</param>
internal sealed record NewConversation(Guid Contact, string Subject, string Channel);

/// <summary>What is left out stays.</summary>
/// <param name="Assignee">A member of the tenant; null for nobody.</param>
/// <param name="Status">open or closed.</param>
internal sealed record ConversationEdit(Field<PersonId?> Assignee = default, Field<string> Status = default, Field<string> Subject = default);

/// <summary>A message of a conversation.</summary>
/// <param name="Direction">in or out.</param>
/// <param name="Status">queued, sending, sent, delivered, read, failed, uncertain; received for one that came in.</param>
/// <param name="Author">Who wrote it, of the tenant's members; null for the contact.</param>
/// <param name="Reason">Why it failed.</param>
internal sealed record MessageView(
    Guid Id, string Direction, string Body, string Status, string? Author, string? Reason, DateTime CreatedAt, DateTime? SentAt, DateTime? DeliveredAt);

/// <param name="Body">At most 10,000 characters.</param>
internal sealed record NewMessage(string Body);
