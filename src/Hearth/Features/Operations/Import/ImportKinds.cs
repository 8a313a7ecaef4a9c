namespace Hearth.Features.Operations.Import;

/// <summary>What the report calls the kinds of things.</summary>
internal static class ImportKinds
{
    /// <summary>The word that the report counts it under.</summary>
    public static string Of(ImportItem item) => item switch
    {
        ImportedUser => "users",
        ImportedGroup { IsCourse: false } => "groups",
        ImportedGroup => "courses",
        ImportedMember => "members",
        ImportedPost => "posts",
        ImportedComment { Parent: null } => "comments",
        ImportedComment => "replies",
        ImportedReaction => "reactions",
        ImportedMark mark => Of(mark.Kind),
        _ => "follows",
    };

    public static string Of(DeedKind kind) => kind switch
    {
        DeedKind.JoinGroup or DeedKind.Enrol => "members",
        DeedKind.View => "views",
        DeedKind.Bookmark => "bookmarks",
        DeedKind.Share => "shares",
        DeedKind.Follow => "follows",
        _ => "reactions",
    };
}
