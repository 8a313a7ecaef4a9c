namespace Hearth.Features.Messaging.Contacts.Import;

/// <summary>How far an import is.</summary>
/// <param name="Status">running or completed.</param>
/// <param name="Total">Rows of the file or list.</param>
/// <param name="Processed">Of them, those looked at so far; bad ones count.</param>
/// <param name="Added">New contacts.</param>
/// <param name="Existing">Rows whose phone number or address a contact had already; their tags were added to it.</param>
/// <param name="Invalid">Bad rows.</param>
/// <param name="Errors">The first thousand bad rows; all of them are in the report.</param>
internal sealed record ImportView(
    Guid Id, string Status, int Total, int Processed, int Added, int Existing, int Invalid, IReadOnlyList<BadRow> Errors, DateTime CreatedAt, DateTime? EndedAt);
