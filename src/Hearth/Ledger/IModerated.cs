using Hearth.Platform;
using Npgsql;

namespace Hearth.Ledger;

/// <summary>Something that moderation looks at: whose it is, what it says, and whether it is hidden already.</summary>
/// <param name="PublicId">As contracts name it: a number for posts and comments, else a UUID.</param>
/// <param name="Text">Its beginning, enough to judge by.</param>
internal sealed record ModeratedObject(long Id, string PublicId, long Owner, string Text, bool IsHidden);

/// <summary>
/// A feature's content as moderation handles it: hidden for all but its author and moderators, shown again, or removed, by the
/// feature's own statements and rows in a write of moderation's.
/// </summary>
internal interface IModerated
{
    IReadOnlyList<ObjectKind> Kinds { get; }

    /// <returns>Those of the objects with these public ids that are there.</returns>
    Task<IReadOnlyList<ModeratedObject>> Find(NpgsqlConnection db, ObjectKind kind, IReadOnlyCollection<string> ids, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ModeratedObject>>([]);

    /// <returns>
    /// Whether its author shows the object to the caller, who could not have come upon it otherwise. Blocks are left aside: whom somebody
    /// blocks may still say what they saw.
    /// </returns>
    Task<bool> IsShown(NpgsqlConnection db, ObjectKind kind, long id, Caller caller, CancellationToken ct) => Task.FromResult(true);

    /// <returns>Whether there is such an object; hiding what is hidden changes nothing.</returns>
    Task<bool> Hide(Write write, ObjectKind kind, long id, bool hidden, long actor, CancellationToken ct);

    /// <returns>What to do once the write is committed; null where there is no such object.</returns>
    Task<Action?> Remove(Write write, ObjectKind kind, long id, long actor, CancellationToken ct);
}

/// <summary>
/// Looks at every text as it is written, in the write of the feature that stores it: lets it pass, reports or hides it, or refuses it.
/// </summary>
internal interface IScreening
{
    /// <param name="write">The write that stores the text, with its entries appended.</param>
    /// <param name="kind">What the text is.</param>
    /// <param name="id">Its id.</param>
    /// <param name="publicId">As contracts name it.</param>
    /// <param name="author">Whose it is.</param>
    /// <param name="field">The field of the request that holds the text, for a refusal.</param>
    /// <param name="text">Title and text.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="Platform.Failure">A rule refuses the text.</exception>
    Task Screen(Write write, ObjectKind kind, long id, string publicId, long author, string field, string text, CancellationToken ct);

    /// <summary>
    /// Looks at a text that has no id of its own, by the rules for <paramref name="kind"/>: what they would hide is refused, and what they report
    /// is reported with its author.
    /// </summary>
    /// <exception cref="Platform.Failure">A rule refuses the text.</exception>
    Task ScreenNameless(Write write, ObjectKind kind, Caller author, string field, string text, CancellationToken ct);
}
