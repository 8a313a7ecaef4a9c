using System.Text.Json.Serialization;
using Hearth.Features.Notifications.Mail;
using Hearth.Features.Notifications.Preferences;
using Hearth.Features.Notifications.Push;
using Hearth.Features.Notifications.Reading;
using Hearth.Platform;

namespace Hearth.Features.Notifications;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EngagementNotifications))]
[JsonSerializable(typeof(MarkReadRequest))]
[JsonSerializable(typeof(MarkedRead))]
[JsonSerializable(typeof(NotificationItem))]
[JsonSerializable(typeof(KeysetPage<NotificationItem>))]
[JsonSerializable(typeof(UnreadCount))]
[JsonSerializable(typeof(AllRead))]
[JsonSerializable(typeof(LiveNotification))]
[JsonSerializable(typeof(PersonalNotification))]
[JsonSerializable(typeof(LiveRemoval))]
[JsonSerializable(typeof(LiveRead))]
[JsonSerializable(typeof(NamedNotifications))]
[JsonSerializable(typeof(NotifiedPeople))]
[JsonSerializable(typeof(PreferencesView))]
[JsonSerializable(typeof(PreferencesRequest))]
[JsonSerializable(typeof(PushKeyView))]
[JsonSerializable(typeof(SubscribeRequest))]
[JsonSerializable(typeof(UnsubscribeRequest))]
[JsonSerializable(typeof(SubscriptionView))]
[JsonSerializable(typeof(PushText))]
[JsonSerializable(typeof(Waiting))]
[JsonSerializable(typeof(WaitingMail))]
internal sealed partial class NotificationsJson : JsonSerializerContext;
