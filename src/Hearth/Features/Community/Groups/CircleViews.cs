using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>A group or course as its reader sees it.</summary>
internal sealed record CircleView(
    int Id, string Name, string Description, AuthorView Owner, int MemberCount, bool IsMember, DateTime CreatedAt, DateTime UpdatedAt);

internal sealed record CircleMember(AuthorView User, DateTime JoinedAt);

/// <summary>The body of a new or changed group or course.</summary>
internal sealed class CircleWriting
{
    private const int LongestName = 100;
    private const int LongestDescription = 2_000;

    /// <summary>At most 100 characters; required for a new one.</summary>
    public string? Name { get; set; }

    /// <summary>At most 2,000 characters.</summary>
    public string? Description { get; set; }

    public void Check(bool whole)
    {
        if (whole || Name is not null)
            Writing.Require("name", Name, given: false, LongestName);
        Writing.Limit("description", Description, LongestDescription);
    }
}

/// <summary>Which groups or courses are listed: newest first, all or one's own.</summary>
internal sealed record CircleQuery(KeysetQuery Page, bool Joined);
