using Hearth.Jobs;
using Hearth.Platform;
using Hearth.Tests.Jobs.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hearth.Tests.Features.Notifications;

/// <summary>An application that sends nothing by itself: a test says when, and what is due. Mails go to a server of its own.</summary>
public sealed class DeliveryApp : NotificationsApp
{
    internal SmtpSink Sink { get; } = new();

    private protected override HearthOptions Configure(HearthOptions options) => options with
    {
        SmtpServer = "127.0.0.1",
        SmtpPort = Sink.Port,
        FromEmail = "post@hearth.test",
        AllowPrivateTargets = true,
    };

    private protected override void Change(WebApplicationBuilder builder)
    {
        base.Change(builder);
        builder.Services.RemoveAll<IDeliveryChannel>();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Sink.DisposeAsync();
    }

    /// <summary>Sends what is due by a channel until nothing is.</summary>
    internal async Task Deliver<T>()
        where T : class, IDeliveryChannel
    {
        var channel = ActivatorUtilities.CreateInstance<T>(Services);
        var worker = Services.GetRequiredService<DeliveryWorker>();
        while (await worker.Turn(channel, CancellationToken.None) > 0)
        {
            // What failed is due later, what was sent never: this ends.
        }
    }

    /// <summary>As if time had passed for what waits.</summary>
    internal Task Later(TimeSpan time) => Db.Execute("update deliveries set due_at = due_at - $1 where state = 'pending'", time);

    /// <summary>The mails about notifications that wait.</summary>
    internal Task<IReadOnlyList<string>> Waiting() =>
        Db.Rows("select key from deliveries where state in ('pending', 'sending') and channel = 'notification-mail' order by id");
}
