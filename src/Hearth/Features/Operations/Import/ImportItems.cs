using Hearth.Platform;

namespace Hearth.Features.Operations.Import;

/// <summary>
/// One thing of another community, on its way into this one. <paramref name="Ref"/> names it for good
/// (<c>stackexchange:beer.stackexchange.com/posts/12</c>): what was imported under it is not imported again.
/// </summary>
/// <param name="At">When it happened there; UTC.</param>
internal abstract record ImportItem(string Ref, DateTime At)
{
    /// <summary>How many rows of the ledger it may become.</summary>
    public virtual int Weight => 1;
}

internal sealed record ImportedUser(string Ref, DateTime At, string Username, string DisplayName) : ImportItem(Ref, At)
{
    public string? Email { get; init; }

    /// <summary>Whether the other community had proof that the address is theirs.</summary>
    public bool EmailVerified { get; init; }

    /// <summary>As stored there: this server's own form, or bcrypt. Without one nobody can sign in by password.</summary>
    public string? PasswordHash { get; init; }

    public string Bio { get; init; } = "";

    /// <summary>A path below DATA_DIR/media, or an address.</summary>
    public string? Photo { get; init; }

    public Roles Roles { get; init; } = Roles.Individual;

    /// <summary>An inactive account is a name for what it wrote: nobody signs in to it.</summary>
    public bool IsActive { get; init; }
}

/// <summary>A group, or a course.</summary>
internal sealed record ImportedGroup(string Ref, DateTime At, bool IsCourse, string Owner, string Name, string Description) : ImportItem(Ref, At)
{
    public override int Weight => 2;
}

internal sealed record ImportedMember(string Group, string User, DateTime At) : ImportItem($"{Group} {User}", At);

/// <summary>Reactions that name nobody: only how many of a kind there were on a day.</summary>
internal readonly record struct ReactionTotal(int Kind, DateOnly Day, int Count);

/// <summary>What a post and a comment share.</summary>
internal abstract record ImportedText(string Ref, DateTime At, string Author, string Text) : ImportItem(Ref, At)
{
    public DateTime? EditedAt { get; init; }

    public string? Media { get; init; }

    public string? MediaType { get; init; }

    public IReadOnlyList<ReactionTotal> Reactions { get; init; } = [];

    public override int Weight => 3 + Reactions.Count;
}

internal sealed record ImportedPost(string Ref, DateTime At, string Author, string Text) : ImportedText(Ref, At, Author, Text)
{
    public string? Title { get; init; }

    public string? Group { get; init; }

    public string? Course { get; init; }

    /// <summary>Views that name nobody.</summary>
    public int Views { get; init; }
}

/// <param name="Parent">The comment it replies to; null for one that answers the post itself.</param>
internal sealed record ImportedComment(string Ref, DateTime At, string Author, string Post, string? Parent, string Text) : ImportedText(Ref, At, Author, Text);

/// <param name="Object">The post or the comment.</param>
internal sealed record ImportedReaction(string Object, bool OnComment, string User, int Kind, DateTime At) : ImportItem($"{Object} {User}", At);

/// <summary>What a person did with a post once: saw, shared or bookmarked it.</summary>
internal sealed record ImportedMark(DeedKind Kind, string Post, string User, DateTime At) : ImportItem($"{Post} {User}", At);

internal sealed record ImportedFollow(string Follower, string Followed, DateTime At) : ImportItem($"{Followed} {Follower}", At);
