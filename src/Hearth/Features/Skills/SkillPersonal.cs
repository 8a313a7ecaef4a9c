using Hearth.Database;
using Hearth.Ledger;

namespace Hearth.Features.Skills;

/// <summary>What skills hold on a person.</summary>
internal sealed class SkillPersonal : IPersonal
{
    private const int Chunk = 100;

    private readonly ModeratedSkills content = new();

    public SkillPersonal() => Erasure =
    [
        ErasureStep.Of("skill_summaries", "deleted", ["skill_summaries.user_id"], "delete from skill_summaries where user_id = $1"),
        ErasureStep.Of("skill_skips", "deleted", ["skill_skips.user_id"], "delete from skill_skips where user_id = $1"),
        Removing("skills", "deleted (private and for followers)", ObjectKind.Skill, "select id from skills where author = $1 and visibility <> 1 order by id limit $2", always: true),
        Removing("skills", "deleted", ObjectKind.Skill, "select id from skills where author = $1 order by id limit $2"),
        Removing("skill_comments", "deleted", ObjectKind.SkillComment, "select id from skill_comments where author = $1 order by id limit $2"),
        Removing("skill_tasks", "deleted", ObjectKind.Task, "select id from skill_tasks where author = $1 order by id limit $2"),
        ErasureStep.Of("skill_ratings", "deleted (void ones)", [], "delete from skill_ratings where user_id = $1 and rating = 0") with { OnlyRemoving = true },
    ];

    public IReadOnlyList<PersonalFile> Files { get; } =
    [
        PersonalFile.Of(
            "skills",
            ["skills.author"],
            """
            select uuid as id, title, description, category, difficulty, tags, days, visibility, is_hidden, likes, downloads, views, rating_count, created_at, updated_at
              from skills where author = $1 order by id
            """),
        PersonalFile.Of(
            "skill_comments",
            ["skill_comments.author"],
            """
            select c.uuid as id, s.uuid as skill, c.text, c.is_hidden, c.created_at, c.updated_at
              from skill_comments c left join skills s on s.id = c.skill_id where c.author = $1 order by c.id
            """),
        PersonalFile.Of(
            "skill_tasks",
            ["skill_tasks.author"],
            """
            select t.uuid as id, s.uuid as skill, t.day, t.title, t.description, t.votes, t.is_hidden, t.created_at
              from skill_tasks t left join skills s on s.id = t.skill_id where t.author = $1 order by t.id
            """),
        PersonalFile.Of(
            "skill_marks",
            ["skill_likes.user_id", "skill_downloads.user_id", "skill_views.user_id", "skill_skips.user_id", "skill_ratings.user_id", "skill_task_votes.user_id"],
            """
            select m.did, s.uuid as skill, m.value, m.review, m.at
              from (select 'liked' as did, skill_id, null::int as value, null as review, at from skill_likes where user_id = $1
                    union all select 'downloaded', skill_id, null, null, at from skill_downloads where user_id = $1
                    union all select 'viewed', skill_id, null, null, at from skill_views where user_id = $1
                    union all select 'skipped', skill_id, null, null, at from skill_skips where user_id = $1
                    union all select 'rated', skill_id, rating, review, at from skill_ratings where user_id = $1 and rating > 0
                    union all select 'voted on a task', t.skill_id, v.value, null, v.at from skill_task_votes v join skill_tasks t on t.id = v.task_id where v.user_id = $1) m
              left join skills s on s.id = m.skill_id
             order by m.at
            """),
    ];

    public IReadOnlyList<ErasureStep> Erasure { get; }

    public IReadOnlyList<PersonalColumn> Exceptions { get; } =
    [
        new("skill_summaries.user_id", "Until when the last mail on one's skills told; the mail says it."),
        .. new[] { "skills.author", "skill_comments.author", "skill_tasks.author" }.Select(column => new PersonalColumn(
            column, NotErased: "Content stays under the anonymous name; mode remove deletes it.")),
        .. new[] { "skill_likes", "skill_downloads", "skill_views", "skill_ratings", "skill_task_votes" }.Select(table => new PersonalColumn(
            $"{table}.user_id", NotErased: "Counts for others, by a number that leads to nobody; mode remove voids it.")),
    ];

    private ErasureStep Removing(string table, string done, ObjectKind kind, string sql, bool always = false) => new(table, done, [$"{table}.author"], async (write, user, ct) =>
    {
        var ids = new List<long>();
        await using (var command = Sql.Command(write.Db, $"-- erasure.{table}\n{sql}", Sql.Value(user), Sql.Value(Chunk)))
        await using (var rows = await command.ExecuteReaderAsync(ct))
        {
            while (await rows.ReadAsync(ct))
                ids.Add(rows.GetInt64(0));
        }

        foreach (var id in ids)
            await content.Remove(write, kind, id, user, ct);
        return new Erased(ids.Count);
    })
    { OnlyRemoving = !always };
}
