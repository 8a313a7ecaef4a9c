using Hearth.Platform;

namespace Hearth.Features.Messaging.Contacts;

/// <summary>A person that a tenant writes to.</summary>
/// <param name="Phone">With a leading + where it was given; of those merged into this one where it has none of its own.</param>
/// <param name="OptedOut">Gets no campaigns.</param>
/// <param name="Linked">The person behind it consented to be linked to their account here.</param>
/// <param name="MergedInto">The contact that it counts as; null for one of its own.</param>
internal sealed record ContactView(
    Guid Id, string Name, string? Phone, string? Email, IReadOnlyList<string> Tags, bool OptedOut, bool Linked, Guid? MergedInto, DateTime CreatedAt);

/// <param name="Name">At most 150 characters.</param>
/// <param name="Phone">Digits, with a leading + for the country.</param>
/// <param name="Tags">At most 20, each at most 50 characters.</param>
internal sealed record NewContact(string Name, string? Phone = null, string? Email = null, List<string>? Tags = null);

/// <summary>What is left out stays.</summary>
internal sealed record ContactEdit(
    Field<string> Name = default, Field<string?> Phone = default, Field<string?> Email = default, Field<List<string>> Tags = default, Field<bool> OptedOut = default);

/// <param name="Duplicate">The contact that counts as this one from now on.</param>
internal sealed record MergeRequest(Guid Duplicate);

/// <summary>A merge, which can be undone.</summary>
/// <param name="MergedName">The name of the contact that was merged.</param>
internal sealed record MergeView(Guid Id, Guid Kept, Guid Merged, string MergedName, DateTime MergedAt, DateTime? UndoneAt);

internal sealed record TagView(string Tag, long Contacts);

internal sealed record TagsView(IReadOnlyList<TagView> Results);
