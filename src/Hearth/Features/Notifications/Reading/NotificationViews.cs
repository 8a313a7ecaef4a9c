using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Platform;

namespace Hearth.Features.Notifications.Reading;

/// <summary>Who triggered a notification.</summary>
internal sealed record TriggeredBy(long Id, string Username);

/// <summary>A notification as the engagement contract shows it. <c>created_at</c> is when it was last added to.</summary>
/// <param name="EmailSent">A mail about it was handed to the mail server.</param>
/// <param name="EmailDelivered">The mail server took it.</param>
/// <param name="InAppSent">It is in the reader's list.</param>
internal sealed record EngagementNotification(
    long Id,
    long UserId,
    TriggeredBy? TriggeredBy,
    string NotificationType,
    string NotificationTypeDisplay,
    string Message,
    bool Read,
    bool EmailSent,
    bool EmailDelivered,
    bool InAppSent,
    DateTime CreatedAt)
{
    public static EngagementNotification Of(Shown one) => new(
        one.Id,
        one.User,
        one.By is { } by ? new TriggeredBy(by.Id, by.Username) : null,
        one.Type.Name(),
        one.Type.Display(),
        one.Message,
        one.Read,
        one.EmailSent,
        one.EmailDelivered,
        true,
        one.At);
}

/// <summary>The latest notifications, the latest first.</summary>
internal sealed record EngagementNotifications(IReadOnlyList<EngagementNotification> Results);

/// <summary>Which notifications were read, by integer or UUID.</summary>
internal sealed record MarkReadRequest(IReadOnlyList<NotificationId> NotificationIds);

/// <param name="Count">How many of them were unread before.</param>
internal sealed record MarkedRead([property: JsonPropertyName("marked_read")] int Count, string Status);

/// <summary>The person a notification is about.</summary>
internal sealed record NotificationActor(Guid Id, string Username, string DisplayName, string? ProfilePhoto);

/// <summary>What a notification is about.</summary>
/// <param name="Kind"><c>post</c>, <c>comment</c>, <c>user</c>, <c>badge</c>, <c>skill</c>, <c>skill_comment</c>, <c>task</c>.</param>
/// <param name="Id">An integer for posts and comments, a UUID for people, skills and what hangs on them.</param>
/// <param name="Post">The post that a comment belongs to.</param>
/// <param name="Skill">The skill, or the one that a comment or task belongs to.</param>
internal sealed record NotificationObject(
    string Kind, [property: JsonConverter(typeof(OpaqueIdConverter))] string Id, string? Title, long? Post, Guid? Skill)
{
    public static NotificationObject Of(Shown one) => new(
        JsonNamingPolicy.SnakeCaseLower.ConvertName(one.Kind.ToString()),
        one.ObjectUuid?.ToString() ?? one.ObjectId.ToString(System.Globalization.CultureInfo.InvariantCulture),
        one.Title,
        one.Post,
        one.Skill);
}

/// <summary>A notification as <c>/api/v1</c> shows it.</summary>
internal sealed record NotificationItem(
    Guid Id, string Type, string Message, NotificationActor? Actor, NotificationObject Object, bool Read, DateTime CreatedAt)
{
    public static NotificationItem Of(Shown one) => new(
        NotificationId.UuidOf(one.User, one.Id),
        one.Type.Name(),
        one.Message,
        one.By is { } by ? new NotificationActor(by.Uuid, by.Username, by.DisplayName, by.ProfilePhoto) : null,
        NotificationObject.Of(one),
        one.Read,
        one.At);
}

internal sealed record UnreadCount([property: JsonPropertyName("unread_count")] long Count);

/// <param name="Count">How many were unread before.</param>
internal sealed record AllRead([property: JsonPropertyName("marked_read")] int Count, [property: JsonPropertyName("unread_count")] long Unread);

/// <summary>A new or changed notification for its reader's sockets, with both ids, and what is unread now.</summary>
internal sealed record LiveNotification(
    long Id,
    Guid Uuid,
    long UserId,
    TriggeredBy? TriggeredBy,
    NotificationActor? Actor,
    string NotificationType,
    string NotificationTypeDisplay,
    string Message,
    NotificationObject Object,
    bool Read,
    bool EmailSent,
    bool EmailDelivered,
    bool InAppSent,
    DateTime CreatedAt,
    long UnreadCount)
{
    public static LiveNotification Of(Shown one, long unread)
    {
        var (old, item) = (EngagementNotification.Of(one), NotificationItem.Of(one));
        return new(
            one.Id, item.Id, one.User, old.TriggeredBy, item.Actor, item.Type, old.NotificationTypeDisplay, item.Message, item.Object, one.Read,
            one.EmailSent, one.EmailDelivered, true, one.At, unread);
    }
}

/// <summary>A notification that is in no list any more.</summary>
internal sealed record LiveRemoval(long Id, Guid Uuid, long UnreadCount);

/// <summary>Notifications were read, in this tab or another.</summary>
/// <param name="Ids">Which; null for all.</param>
internal sealed record LiveRead(IReadOnlyList<long>? Ids, long UnreadCount);
