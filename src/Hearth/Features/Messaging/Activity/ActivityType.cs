namespace Hearth.Features.Messaging.Activity;

/// <summary>What a line of recent activity tells of; the numbers are stored.</summary>
internal enum ActivityType : short
{
    ConversationReply = 1,
    CampaignCompleted = 2,
    ContactAdded = 3,
    TemplateApproved = 4,
    CampaignStarted = 5,
    ContactsAdded = 6,
}

internal static class ActivityTypes
{
    public static readonly string[] Names =
        ["conversation_reply", "campaign_completed", "contact_added", "template_approved", "campaign_started", "contacts_added"];

    public static string Name(this ActivityType type) => Names[(int)type - 1];

    public static ActivityType? Parse(string? name) => name is null ? null : (ActivityType)(Array.IndexOf(Names, name) + 1);
}
