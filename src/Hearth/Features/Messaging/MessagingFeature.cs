using Hearth.Features.Messaging.Activity;
using Hearth.Features.Messaging.Campaigns;
using Hearth.Features.Messaging.Channels;
using Hearth.Features.Messaging.Contacts;
using Hearth.Features.Messaging.Contacts.Import;
using Hearth.Features.Messaging.Conversations;
using Hearth.Features.Messaging.Linking;
using Hearth.Features.Messaging.Live;
using Hearth.Features.Messaging.Segments;
using Hearth.Features.Messaging.Templates;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Realtime;

namespace Hearth.Features.Messaging;

/// <summary>What organisations write to their contacts, and hear from them. Everything belongs to a tenant: see <see cref="TenantDb"/>.</summary>
internal static class MessagingFeature
{
    public static void AddMessaging(this WebApplicationBuilder builder)
    {
        Json.Add(MessagingJson.Default);
        var services = builder.Services;
        services.AddSingleton<IPersonal, MessagingPersonal>();
        services.AddSingleton<Tenants>();
        services.AddSingleton<ContactActions>();
        services.AddSingleton<ConversationActions>();
        services.AddSingleton<TemplateActions>();
        services.AddSingleton<MailingActions>();
        services.AddSingleton<Signatures>();
        services.AddSingleton<OptOutTokens>();
        services.AddSingleton<Incoming>();
        services.AddSingleton<Receipts>();
        services.AddSingleton<ICarrier, SandboxCarrier>();
        services.AddSingleton<ICarrier, MailCarrier>();
        services.AddSingleton<ICarrier, BridgeCarrier>();
        services.AddSingleton<IDeliveryChannel, OutgoingChannel>();
        services.AddSingleton<Imports>();
        services.AddSingleton<IDeliveryChannel>(provider => provider.GetRequiredService<Imports>());
        services.AddSingleton<ILiveEvents, MessagingLive>();
        foreach (var check in MessagingChecks.All)
            services.AddSingleton(check);
    }

    public static void MapMessaging(this IEndpointRouteBuilder routes)
    {
        var messaging = routes.MapGroup("/api/messaging").WithDialect(Dialect.Messaging).WithTags("Messaging").RequireSignedIn();
        // Before anything else is looked at: without a tenant there is nothing to talk about.
        messaging.AddEndpointFilter(async (context, next) =>
        {
            await context.HttpContext.RequestServices.GetRequiredService<Tenants>().Of(context.HttpContext);
            return await next(context);
        });
        messaging.MapContacts();
        messaging.MapImports();
        messaging.MapConversations();
        messaging.MapTemplates();
        messaging.MapMailings();
        messaging.MapLinking();
        messaging.MapSettings();
        messaging.MapSegments();
        messaging.MapActivity();

        var open = routes.MapGroup("/api/messaging").WithDialect(Dialect.Messaging).WithTags("Messaging");
        open.MapChannels();
        open.MapOptOut();
        open.MapConsents();
    }
}
