using Hearth.Features.Notifications.Mail;
using Hearth.Features.Notifications.Making;
using Hearth.Features.Notifications.Preferences;
using Hearth.Features.Notifications.Push;
using Hearth.Features.Notifications.Reading;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Realtime;
using Hearth.Realtime.Sockets;

namespace Hearth.Features.Notifications;

/// <summary>What people are told, how they wish to be told, and that they are told once.</summary>
internal static class NotificationsFeature
{
    public static void AddNotifications(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        Json.Add(NotificationsJson.Default);
        services.AddProjection<NotificationsProjection>();
        services.AddSingleton<Announcer>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<MarkActions>();
        services.AddSingleton<NotificationKeys>();
        services.AddSingleton<UnsubscribeTokens>();
        services.AddSingleton<ILiveEvents, NotificationEvents>();
        services.AddSingleton<ISocketEvents, PersonalNotifications>();
        services.AddSingleton<IPersonal, NotificationPersonal>();
        services.AddSingleton<IDeliveryChannel, NotificationMailChannel>();
        services.AddSingleton<IDeliveryChannel, PushChannel>();
        services.AddSingleton<ScheduledJob, Digests>();
        services.AddSingleton<ScheduledJob, SkillSummaries>();
    }

    public static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        var analytics = routes.MapGroup("/api/engagement/analytics").WithDialect(Dialect.Drf).WithTags("Notifications").RequireSignedIn();
        analytics.MapGet("/my_notifications", NotificationEndpoints.Mine).Limit(RateLimit.Reads).Produces<EngagementNotifications>()
            .WithQuery("limit", "How many, at most 100.", 20)
            .WithQuery("read", "Only those that were read, or were not.", false);
        analytics.MapPost("/mark_notifications_read", NotificationEndpoints.MarkRead).Limit(RateLimit.Reads)
            .Accepts<MarkReadRequest>("application/json").Produces<MarkedRead>();

        var api = routes.MapGroup("/api/v1/notifications").WithDialect(Dialect.Problem).WithTags("Notifications").RequireSignedIn();
        api.MapGet("", NotificationEndpoints.List).Limit(RateLimit.Reads).WithKeyset().Produces<KeysetPage<NotificationItem>>()
            .WithQuery("read", "Only those that were read, or were not.", false)
            .WithQuery("type", "Only those of this type.", "new_follower");
        api.MapGet("/unread-count", NotificationEndpoints.Unread).Limit(RateLimit.Reads).Produces<UnreadCount>();
        api.MapPost("/read-all", NotificationEndpoints.ReadAll).Limit(RateLimit.Reads).Produces<AllRead>();
        api.MapPost("/{id}/read", NotificationEndpoints.Read).Limit(RateLimit.Reads).Produces<NotificationItem>();
        api.MapDelete("/{id}", NotificationEndpoints.Delete).Limit(RateLimit.Reads).Produces(204);
        api.MapGet("/preferences", PreferenceEndpoints.Get).Limit(RateLimit.Reads).Produces<PreferencesView>();
        api.MapPut("/preferences", PreferenceEndpoints.Put).Limit(RateLimit.Reads)
            .Accepts<PreferencesRequest>("application/json").Produces<PreferencesView>();
        api.MapGet("/push-key", PushEndpoints.Key).Limit(RateLimit.Reads).Produces<PushKeyView>();
        api.MapPost("/push-subscriptions", PushEndpoints.Subscribe).Limit(RateLimit.Creates)
            .Accepts<SubscribeRequest>("application/json").Produces<SubscriptionView>(201);
        api.MapDelete("/push-subscriptions", PushEndpoints.Unsubscribe).Limit(RateLimit.Reads)
            .WithQuery("endpoint", "The subscription's address, here or in the body.", "https://push.example/x").Produces(204);

        var mails = routes.MapGroup("/api/v1/notifications/unsubscribe").WithDialect(Dialect.Problem).WithTags("Notifications").AllowAnyone();
        mails.MapGet("", UnsubscribeEndpoints.Page).Limit(RateLimit.Reads)
            .WithQuery("token", "The token of the mail's link.", "Zm9v").Produces<string>(contentType: "text/html");
        mails.MapPost("", UnsubscribeEndpoints.Unsubscribe).Limit(RateLimit.Reads)
            .WithQuery("token", "The token of the mail's link.", "Zm9v").Produces<string>(contentType: "text/html");
    }
}
