using System.Collections.Concurrent;
using System.Threading.Channels;
using Hearth.Jobs;
using Hearth.Jobs.Mail;
using Hearth.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hearth.Tests.Features.Accounts;

/// <summary>A server whose clock a test may move, and whose mails it reads.</summary>
public sealed class AccountsApp : HearthApp
{
    private readonly ReadMails mails = new();

    internal ShiftedTime Clock { get; } = new();

    /// <summary>The token in the link of the next mail to this address.</summary>
    internal async Task<string> MailedToken(string address, string page)
    {
        var text = await mails.Next(address, $"/{page}?token=");
        var from = text.IndexOf("?token=", StringComparison.Ordinal) + "?token=".Length;
        return text[from..text.IndexOf('\n', from)].Trim();
    }

    /// <returns>The text of a mail to this address that has these words.</returns>
    internal Task<string> Mailed(string address, string words) => mails.Next(address, words);

    private protected override void Change(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.RemoveAll<IDeliveryChannel>();
        builder.Services.AddSingleton<IDeliveryChannel>(mails);
    }

    private sealed class ReadMails : IDeliveryChannel
    {
        private readonly ConcurrentDictionary<string, Channel<string>> boxes = new();

        public string Name => Mails.Channel;

        public int AtOnce => 4;

        public Task<Outcome> Send(Delivery delivery, CancellationToken ct)
        {
            var mail = Mails.Read(delivery.Payload);
            Box(mail.To).Writer.TryWrite(mail.Text);
            return Task.FromResult(Outcome.Sent);
        }

        public async Task<string> Next(string address, string words)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (true)
            {
                var text = await Box(address).Reader.ReadAsync(limit.Token);
                if (text.Contains(words, StringComparison.Ordinal))
                    return text;
            }
        }

        private Channel<string> Box(string address) => boxes.GetOrAdd(address, _ => Channel.CreateUnbounded<string>());
    }
}
