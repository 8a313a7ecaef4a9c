using Hearth.Platform;

namespace Hearth.Features.Messaging.Templates;

/// <summary>A text that campaigns send, once it is approved.</summary>
/// <param name="Language">An ISO 639 code.</param>
/// <param name="Channel">email, webhook, sandbox, sms or whatsapp: what it is worded for.</param>
/// <param name="Body">The latest version's text; {{name}}, {{first_name}}, {{phone}} and {{email}} stand for the contact's.</param>
/// <param name="Status">The latest version's: draft, submitted, approved or rejected.</param>
/// <param name="Version">The latest version.</param>
/// <param name="ApprovedVersion">The version that campaigns send; null while none is approved.</param>
/// <param name="Reason">Why it was rejected.</param>
internal sealed record TemplateView(
    Guid Id, string Name, string Category, string Language, string Channel, string Body, string Status, int Version, int? ApprovedVersion, string? Reason, DateTime CreatedAt);

/// <param name="Name">At most 150 characters.</param>
/// <param name="Category">Such as onboarding.</param>
/// <param name="Language">An ISO 639 code, such as sw.</param>
/// <param name="Channel">email, webhook, sandbox, sms or whatsapp.</param>
/// <param name="Body">At most 10,000 characters.</param>
internal sealed record NewTemplate(string Name, string Category, string Language, string Channel, string Body);

/// <summary>A new text is a new version, a draft; the approved one is sent until that is approved, too.</summary>
internal sealed record TemplateEdit(Field<string> Name = default, Field<string> Category = default, Field<string> Body = default);

/// <param name="Reason">Why; at most 500 characters.</param>
internal sealed record Rejection(string? Reason = null);

/// <summary>One version of a template.</summary>
/// <param name="DecidedBy">Who approved or rejected it.</param>
internal sealed record TemplateVersionView(
    int Version, string Body, string Status, string? Reason, string? Author, string? DecidedBy, DateTime? DecidedAt, DateTime CreatedAt);
