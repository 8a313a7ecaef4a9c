namespace Hearth.Ledger;

/// <summary>
/// A feature's content as moderation handles it: hidden for all but its author and moderators, shown again, or removed, by the
/// feature's own statements and rows in a write of moderation's.
/// </summary>
internal interface IModerated
{
    IReadOnlyList<ObjectKind> Kinds { get; }

    /// <returns>Whether there is such an object; hiding what is hidden changes nothing.</returns>
    Task<bool> Hide(Write write, ObjectKind kind, long id, bool hidden, long actor, CancellationToken ct);

    /// <returns>What to do once the write is committed; null where there is no such object.</returns>
    Task<Action?> Remove(Write write, ObjectKind kind, long id, long actor, CancellationToken ct);
}
