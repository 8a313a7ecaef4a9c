using Hearth.Ledger;

namespace Hearth.Features.Community;

/// <summary>What the community holds on a person.</summary>
internal sealed class CommunityPersonal(MediaFolder folder) : IPersonal
{
    private static readonly string[] Marks = ["post_reactions", "comment_reactions", "post_views", "post_shares"];

    private readonly PersonalRemovals removals = new(folder);

    public IReadOnlyList<PersonalFile> Files { get; } =
    [
        PersonalFile.Of(
            "posts",
            ["posts.author"],
            """
            select id, title, content, media, media_type, group_id, course_id, campaign_id, views, comment_count, like_count, love_count, haha_count, sad_count, shares,
                   bookmarks, is_hidden, created_at, updated_at
              from posts where author = $1 order by id
            """),
        PersonalFile.Of(
            "comments",
            ["comments.author"],
            "select id, post_id, parent_id, text, media, media_type, is_hidden, created_at, updated_at from comments where author = $1 order by id"),
        PersonalFile.Of(
            "reactions",
            ["post_reactions.user_id", "comment_reactions.user_id"],
            """
            select 'post' as object, post_id as id, (array['like', 'love', 'haha', 'sad'])[kind] as reaction from post_reactions where user_id = $1
            union all
            select 'comment', comment_id, (array['like', 'love', 'haha', 'sad'])[kind] from comment_reactions where user_id = $1
             order by object, id
            """),
        PersonalFile.Of("views", ["post_views.user_id"], "select post_id, at from post_views where user_id = $1 order by at"),
        PersonalFile.Of("bookmarks", ["post_bookmarks.user_id"], "select post_id, at from post_bookmarks where user_id = $1 order by at"),
        PersonalFile.Of("shares", ["post_shares.user_id"], "select post_id, at from post_shares where user_id = $1 order by at"),
        PersonalFile.Of(
            "groups",
            ["groups.owner", "group_members.user_id"],
            """
            select g.id, g.name, g.description, g.owner = $1 as is_mine, m.at as joined_at, g.created_at
              from groups g left join group_members m on m.group_id = g.id and m.user_id = $1 where g.owner = $1 or m.user_id = $1 order by g.id
            """),
        PersonalFile.Of(
            "courses",
            ["courses.owner", "course_members.user_id"],
            """
            select g.id, g.name, g.description, g.owner = $1 as is_mine, m.at as enrolled_at, g.created_at
              from courses g left join course_members m on m.course_id = g.id and m.user_id = $1 where g.owner = $1 or m.user_id = $1 order by g.id
            """),
        PersonalFile.Of(
            "mentions",
            ["mentions.author", "mentions.user_id"],
            """
            select object_kind, object_id, post_id, case when user_id = $1 then 'names me' else 'by me' end as what, context, created_at
              from mentions where user_id = $1
            union all
            select object_kind, object_id, post_id, 'by me', context, created_at from mentions where author = $1 and user_id <> $1
             order by created_at
            """),
    ];

    public IReadOnlyList<ErasureStep> Erasure =>
    [
        new("post_bookmarks", "taken back", ["post_bookmarks.user_id"], removals.Unbookmark),
        ErasureStep.Of("post_bookmarks", "deleted (of posts that are gone)", [], "delete from post_bookmarks where user_id = $1"),
        new("group_members", "taken back", ["group_members.user_id"], (write, user, ct) => PersonalRemovals.Leave(Circle.Group, write, user, ct)),
        new("course_members", "taken back", ["course_members.user_id"], (write, user, ct) => PersonalRemovals.Leave(Circle.Course, write, user, ct)),
        new("mentions", "taken back", ["mentions.user_id"], PersonalRemovals.Unmention),
        new("posts", "deleted", ["posts.author"], removals.RemovePosts) { OnlyRemoving = true },
        new("comments", "deleted", ["comments.author"], removals.RemoveComments) { OnlyRemoving = true },
        new("groups", "deleted where nobody else is in them", ["groups.owner"], (write, user, ct) => PersonalRemovals.Close(Circle.Group, write, user, ct)) { OnlyRemoving = true },
        new("courses", "deleted where nobody else is in them", ["courses.owner"], (write, user, ct) => PersonalRemovals.Close(Circle.Course, write, user, ct)) { OnlyRemoving = true },
    ];

    public IReadOnlyList<PersonalColumn> Exceptions { get; } =
    [
        new("posts.author", NotErased: "Content stays under the anonymous name; mode remove deletes it."),
        new("comments.author", NotErased: "As posts."),
        new("mentions.author", NotErased: "As the text that they are in."),
        new("groups.owner", NotErased: "Others are in them; they stay under the anonymous name."),
        new("courses.owner", NotErased: "As groups."),
        .. Marks.Select(table => new PersonalColumn(
            $"{table}.user_id", NotErased: "Counts for others, by a number that leads to nobody; mode remove voids it.")),
    ];
}
