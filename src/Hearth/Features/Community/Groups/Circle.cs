using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>
/// What people belong to: a group, or a course. Both have an owner, a name and members, and differ in their tables, their
/// words and who may found one.
/// </summary>
/// <param name="Path">Their place below <c>/api/community</c>.</param>
/// <param name="Table">Where they are kept.</param>
/// <param name="Members">Where their members are kept.</param>
/// <param name="Key">Their column there and in the posts' table.</param>
internal sealed record Circle(string Path, string Table, string Members, string Key)
{
    public static readonly Circle Group = new("groups", "groups", "group_members", "group_id")
    {
        Kind = ObjectKind.Group,
        Founded = Verb.FoundGroup,
        Edited = Verb.EditGroup,
        Deleted = Verb.DeleteGroup,
        Joined = Verb.JoinGroup,
        Left = Verb.LeaveGroup,
        Join = "join",
        Leave = "leave",
        Tag = "Groups",
        List = 2,
    };

    public static readonly Circle Course = new("courses", "courses", "course_members", "course_id")
    {
        Kind = ObjectKind.Course,
        Founded = Verb.FoundCourse,
        Edited = Verb.EditCourse,
        Deleted = Verb.DeleteCourse,
        Joined = Verb.Enrol,
        Left = Verb.Unenrol,
        Join = "enroll",
        Leave = "unenroll",
        Tag = "Courses",
        List = 3,
        Founders = Roles.Facilitator | Roles.Admin,
    };

    public required ObjectKind Kind { get; init; }

    public required Verb Founded { get; init; }

    public required Verb Edited { get; init; }

    public required Verb Deleted { get; init; }

    public required Verb Joined { get; init; }

    public required Verb Left { get; init; }

    /// <summary>The contract's word for becoming a member.</summary>
    public required string Join { get; init; }

    public required string Leave { get; init; }

    public required string Tag { get; init; }

    /// <summary>The number of their lists in <c>post_days</c>.</summary>
    public required short List { get; init; }

    /// <summary>Who may found one; none: anyone signed in.</summary>
    public Roles Founders { get; init; }

    public Entry Entry(Verb verb, int id, long actor, long owner) => new(verb, Kind, id)
    {
        Actor = actor,
        Subject = owner,
        Group = Kind == ObjectKind.Group ? id : null,
        Course = Kind == ObjectKind.Course ? id : null,
    };
}
