namespace Hearth.Features.Messaging.Channels;

/// <summary>The ways by which messages go out and come in.</summary>
internal static class ChannelNames
{
    /// <summary>SMTP.</summary>
    public const string Email = "email";

    /// <summary>Signed HTTP to the tenant's bridge, for SMS, WhatsApp and what else has a provider.</summary>
    public const string Webhook = "webhook";

    /// <summary>Takes and delivers at once, and tells nobody: for trying out.</summary>
    public const string Sandbox = "sandbox";

    public static readonly string[] All = [Email, Webhook, Sandbox];

    /// <summary>Whether a contact with these addresses is reached by a channel.</summary>
    public static bool Reaches(string channel, string? phone, string? email) => channel switch
    {
        Email => email is not null,
        Webhook => phone is not null || email is not null,
        _ => true,
    };
}
