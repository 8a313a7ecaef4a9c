namespace Hearth.Features.Messaging.Conversations;

/// <summary>How far a message is; the numbers are stored.</summary>
internal enum MessageStatus : short
{
    Queued = 1,
    Sending = 2,
    Sent = 3,
    Delivered = 4,
    Read = 5,
    Failed = 6,

    /// <summary>A crash or a broken connection hid whether it arrived.</summary>
    Uncertain = 7,

    /// <summary>Not sent: its contact opted out, or has no address for the channel.</summary>
    Skipped = 8,
    Received = 9,
}

internal static class MessageStatuses
{
    public static readonly string[] Names = ["queued", "sending", "sent", "delivered", "read", "failed", "uncertain", "skipped", "received"];

    public static string Name(this MessageStatus status) => Names[(int)status - 1];

    public static MessageStatus? Parse(string? name) => name is null ? null : (MessageStatus)(Array.IndexOf(Names, name) + 1);
}
