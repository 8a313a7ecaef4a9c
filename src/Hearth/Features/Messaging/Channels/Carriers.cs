using System.Net;
using System.Text.Json.Serialization;
using Hearth.Features.Messaging.Conversations;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Jobs;
using Hearth.Jobs.Mail;
using Hearth.Platform;
using Hearth.Platform.Outbound;

namespace Hearth.Features.Messaging.Channels;

/// <summary>A message as it leaves.</summary>
internal sealed record Parcel(Tenant Tenant, Guid Message, Guid Contact, string Name, string? Phone, string? Email, string Subject, string Text, bool IsCampaign, string? Bridge);

/// <summary>What became of it: sent, delivered, failed; queued where it surely did not leave and may later; uncertain where nobody knows.</summary>
internal readonly record struct Handover(MessageStatus Status, string? Reason = null);

/// <summary>One way out.</summary>
internal interface ICarrier
{
    string Channel { get; }

    Task<Handover> Carry(Parcel parcel, CancellationToken ct);
}

/// <summary>Takes and delivers at once.</summary>
internal sealed class SandboxCarrier : ICarrier
{
    public string Channel => ChannelNames.Sandbox;

    public Task<Handover> Carry(Parcel parcel, CancellationToken ct) => Task.FromResult(new Handover(MessageStatus.Delivered));
}

/// <summary>Mail over the connections that the mail channel keeps; without a mail server a file each.</summary>
internal sealed class MailCarrier([FromKeyedServices(Mails.Channel)] IDeliveryChannel mail, HearthOptions options, OptOutTokens tokens) : ICarrier
{
    public string Channel => ChannelNames.Email;

    public async Task<Handover> Carry(Parcel parcel, CancellationToken ct)
    {
        var content = new MailContent(parcel.Subject, parcel.Text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            Footer = [parcel.Tenant.Name],
            FooterLinks = parcel.IsCampaign ? [new MailLink("No more mails like this one", tokens.Link(parcel.Tenant, parcel.Contact))] : [],
        };
        var message = MailLayout.Message(options, parcel.Email!, parcel.Name, parcel.Subject, content) with
        {
            Unsubscribe = parcel.IsCampaign ? tokens.Link(parcel.Tenant, parcel.Contact) : null,
        };
        var delivery = Mails.Delivery($"message:{parcel.Message}", message);
        var outcome = await mail.Send(new Delivery(0, delivery.Key, delivery.Payload, 1, false), ct);
        if (ReferenceEquals(outcome, Outcome.Sent))
            return new Handover(MessageStatus.Sent);
        return new Handover(outcome.IsFinal ? MessageStatus.Failed : MessageStatus.Queued, outcome.Reason);
    }
}

/// <summary>What the bridge gets.</summary>
/// <param name="MessageId">Names it in receipts; the same at a repeat.</param>
/// <param name="To">The contact's phone number, else the e-mail address.</param>
internal sealed record BridgeMessage(Guid MessageId, Guid Tenant, string To, string Name, string Subject, string Body);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BridgeMessage))]
internal sealed partial class BridgeJson : JsonSerializerContext;

/// <summary>Signed HTTP to the tenant's bridge. An answer says whether it took the message; no answer says nothing.</summary>
internal sealed class BridgeCarrier(OutboundHttp outbound, Signatures signatures) : ICarrier
{
    public string Channel => ChannelNames.Webhook;

    public async Task<Handover> Carry(Parcel parcel, CancellationToken ct)
    {
        if (parcel.Bridge is null)
            return new Handover(MessageStatus.Failed, "The tenant has no bridge.");
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new BridgeMessage(parcel.Message, parcel.Tenant.Id, parcel.Phone ?? parcel.Email!, parcel.Name, parcel.Subject, parcel.Text), BridgeJson.Default.BridgeMessage);
        using var request = new HttpRequestMessage(HttpMethod.Post, parcel.Bridge) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("Idempotency-Key", parcel.Message.ToString());
        await signatures.Sign(request, parcel.Tenant, body, ct);
        try
        {
            return Read(await outbound.Send(request, ct));
        }
        catch (OutboundRefused e)
        {
            return new Handover(MessageStatus.Failed, e.Message);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return new Handover(MessageStatus.Queued, e.Message);
        }
    }

    private static Handover Read(OutboundAnswer answer) => answer switch
    {
        { IsSuccess: true } => new Handover(MessageStatus.Sent),
        { Status: (int)HttpStatusCode.TooManyRequests or (int)HttpStatusCode.RequestTimeout or >= 500 } => new Handover(MessageStatus.Queued, $"The bridge answered {answer.Status}."),
        _ => new Handover(MessageStatus.Failed, $"The bridge answered {answer.Status}."),
    };
}
