using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>Skills, their comments and tasks in moderators' hands, whoever may see them.</summary>
internal sealed class ModeratedSkills : IModerated
{
    private const string LockSkillSql =
        """
        -- skills.lock_moderated
        select id, author, is_hidden from skills where id = $1 for no key update
        """;

    private const string HideSkillSql =
        """
        -- skills.hide
        with hid as (update skills set is_hidden = $2 where id = $1 and is_hidden <> $2 returning category_key, visibility)
        update skill_categories c set shown = c.shown + case when $2 then -1 else 1 end from hid where hid.visibility = 1 and c.category_key = hid.category_key
        """;

    // The skill before the comment, as everywhere.
    private const string LockCommentSql =
        """
        -- skill_comments.lock_moderated
        with skill as materialized (select s.id from skills s join skill_comments c on c.skill_id = s.id where c.id = $1 for no key update of s)
        select c.id, c.uuid, c.skill_id, c.author, c.root_id, c.is_hidden, c.text from skill join skill_comments c on c.id = $1 for no key update of c
        """;

    private const string LockTaskSql =
        """
        -- skill_tasks.lock_moderated
        select id, skill_id, author, is_hidden from skill_tasks where id = $1 for no key update
        """;

    private const string RemoveTaskSql =
        """
        -- skill_tasks.remove_moderated
        with gone as (delete from skill_tasks where id = $1)
        insert into skill_purges (kind, id) values (15, $1)
        """;

    private const string FindSql =
        """
        -- skills.moderated
        select id, uuid, author, left(concat_ws(E'\n', title, description), 1000), is_hidden from skills where $1 = 13 and uuid = any($2)
        union all
        select id, uuid, author, left(text, 1000), is_hidden from skill_comments where $1 = 14 and uuid = any($2)
        union all
        select id, uuid, author, left(concat_ws(E'\n', title, description), 1000), is_hidden from skill_tasks where $1 = 15 and uuid = any($2)
        """;

    private static readonly string ShownSql =
        $"""
        -- skills.is_shown
        select exists (
          select from skills s
           where s.id = case $4 when 14 then (select c.skill_id from skill_comments c where c.id = $3) when 15 then (select t.skill_id from skill_tasks t where t.id = $3) else $3 end
             and {Sight.Shown()})
        """;

    public IReadOnlyList<ObjectKind> Kinds { get; } = [ObjectKind.Skill, ObjectKind.SkillComment, ObjectKind.Task];

    public async Task<IReadOnlyList<ModeratedObject>> Find(NpgsqlConnection db, ObjectKind kind, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        Guid[] uuids = [.. ids.Select(id => Guid.TryParse(id, out var uuid) ? uuid : Guid.Empty)];
        await using var command = Sql.Command(db, FindSql, Sql.Value((short)kind), Sql.Value(uuids));
        var found = new List<ModeratedObject>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            found.Add(new ModeratedObject(row.GetInt64(0), row.GetGuid(1).ToString(), row.GetInt64(2), row.GetString(3), row.GetBoolean(4)));
        return found;
    }

    public async Task<bool> IsShown(NpgsqlConnection db, ObjectKind kind, long id, Caller caller, CancellationToken ct)
    {
        await using var command = Sql.Command(db, ShownSql, Sql.Value(caller.UserId), Sql.Value(caller.IsModerator), Sql.Value(id), Sql.Value((short)kind));
        return await command.ExecuteScalarAsync(ct) is true;
    }

    public async Task<bool> Hide(Write write, ObjectKind kind, long id, bool hidden, long actor, CancellationToken ct)
    {
        if (await Lock(write.Db, kind, id, ct) is not { } found)
            return false;
        if (found.IsHidden == hidden)
            return true;
        await (kind switch
        {
            ObjectKind.Skill => Sql.Execute(write.Db, HideSkillSql, ct, Sql.Value(id), Sql.Value(hidden)),
            ObjectKind.Task => TaskStore.Hide(write.Db, id, hidden, ct),
            _ => SkillCommentStore.Hide(write.Db, found.Comment!, hidden, ct),
        });
        write.Append(found.Entry(hidden ? Verb.HideSkill : Verb.UnhideSkill, kind, actor));
        return true;
    }

    public async Task<Action?> Remove(Write write, ObjectKind kind, long id, long actor, CancellationToken ct)
    {
        if (await Lock(write.Db, kind, id, ct) is not { } found)
            return null;
        if (kind == ObjectKind.Skill)
        {
            await SkillWriteStore.Remove(write, id, found.Author, actor, ct);
        }
        else if (kind == ObjectKind.SkillComment)
        {
            await SkillCommentStore.Remove(write, found.Comment!, actor, ct);
        }
        else
        {
            await Sql.Execute(write.Db, RemoveTaskSql, ct, Sql.Value(id));
            write.Append(found.Entry(Verb.DeleteTask, kind, actor));
        }

        return () => { };
    }

    private static async Task<Found?> Lock(NpgsqlConnection db, ObjectKind kind, long id, CancellationToken ct)
    {
        var sql = kind switch { ObjectKind.Skill => LockSkillSql, ObjectKind.Task => LockTaskSql, _ => LockCommentSql };
        await using var command = Sql.Command(db, sql, Sql.Value(id));
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
            return null;
        if (kind == ObjectKind.Skill)
            return new Found(id, null, row.GetInt64(1), row.GetBoolean(2), null);
        if (kind == ObjectKind.Task)
            return new Found(id, row.GetInt64(1), row.GetInt64(2), row.GetBoolean(3), null);
        var comment = new SkillCommentRow(
            id, row.GetGuid(1), row.GetInt64(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetInt64(4), row.GetBoolean(5), row.GetString(6));
        return new Found(id, comment.Skill, comment.Author, comment.IsHidden, comment);
    }

    /// <summary>What is moderated, locked; <c>Skill</c> is the one that a comment or task belongs to.</summary>
    private sealed record Found(long Id, long? Skill, long Author, bool IsHidden, SkillCommentRow? Comment)
    {
        public Entry Entry(Verb verb, ObjectKind kind, long actor) =>
            new(verb, kind, Id) { Actor = actor, Subject = Author, Detail = Skill is { } skill ? SkillDetail.Of(skill) : null };
    }
}
