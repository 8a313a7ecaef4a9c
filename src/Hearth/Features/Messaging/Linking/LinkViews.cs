namespace Hearth.Features.Messaging.Linking;

/// <param name="Code">Hand it to the contact; it is not shown again, and works once.</param>
internal sealed record InvitationView(string Code, DateTime ExpiresAt);

internal sealed record ConsentRequest(string Code);

/// <summary>That I consent to a tenant knowing which account here is mine.</summary>
/// <param name="Tenant">The tenant's id.</param>
internal sealed record ConsentView(Guid Tenant, string TenantName, string ContactName);

/// <summary>One thing between a tenant and a person.</summary>
/// <param name="Type">message_in, message_out, campaign or community.</param>
/// <param name="Text">What was said; the campaign's name; the action's type.</param>
/// <param name="Status">How far a message is; null for what was done in the community.</param>
/// <param name="Conversation">The conversation of a message.</param>
/// <param name="Campaign">The campaign of a message.</param>
internal sealed record PersonEvent(string Type, string Text, string? Status, Guid? Conversation, Guid? Campaign, DateTime At);
