using Hearth.Jobs.Mail;
using Hearth.Platform;
using Hearth.Platform.Outbound;

namespace Hearth.Jobs;

/// <summary>Deliveries and scheduled jobs: the workers that every node runs.</summary>
internal static class JobsSetup
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<DeliverySignal>();
        services.AddSingleton<ScheduledJob, DeliverySweep>();
        services.AddSingleton<OutboundHttp>();
        services.AddSingleton<MailComposer>();
        // By its name, too: channels that word their mails late hand them on to it.
        services.AddKeyedSingleton<IDeliveryChannel>(Mails.Channel, (provider, _) => provider.GetRequiredService<HearthOptions>().SmtpServer is null
            ? ActivatorUtilities.CreateInstance<MailFiles>(provider)
            : ActivatorUtilities.CreateInstance<SmtpChannel>(provider));
        services.AddSingleton(provider => provider.GetRequiredKeyedService<IDeliveryChannel>(Mails.Channel));
        services.AddHosted<DeliveryWorker>();
        services.AddHosted<Schedule>();
    }

    /// <summary>A background service that others may ask for by its type.</summary>
    private static void AddHosted<T>(this IServiceCollection services)
        where T : BackgroundService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
