using Hearth.Database;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>A comment's row as a write finds it, locked.</summary>
internal sealed record SkillCommentRow(long Id, Guid Uuid, long Skill, long Author, long? Root, bool IsHidden, string Text);

/// <summary>The statements that write comments on skills and the counters above them.</summary>
internal static class SkillCommentStore
{
    private static readonly string LockSql =
        $"""
        -- skill_comments.lock
        select c.id, c.uuid, c.skill_id, c.author, c.root_id, c.is_hidden, c.text from skill_comments c
         where c.uuid = $3 and c.skill_id = $4 and {SkillCommentReads.Visible} for no key update
        """;

    private const string AddSql =
        """
        -- skill_comments.add
        with added as (
          insert into skill_comments (skill_id, author, parent_id, root_id, text) values ($1, $2, $3, $4, $5)
          returning id, uuid, created_at),
        counted as (update skills set comment_count = comment_count + 1 where id = $1),
        warmed as (update skill_heat h set comments = h.comments + skill_heat_at(a.created_at) from added a where h.skill_id = $1),
        threaded as (update skill_comments set replies = replies + 1 where id = $4)
        select a.id, a.uuid, a.created_at, u.uuid, u.username, u.display_name, u.profile_photo from added a join users u on u.id = $2
        """;

    private const string RemoveSql =
        """
        -- skill_comments.remove
        with recursive below as (
          select id from skill_comments where id = $1
          union all
          select c.id from skill_comments c join below b on c.parent_id = b.id),
        gone as (
          delete from skill_comments c using below b where c.id = b.id
          returning c.id, c.author, c.is_hidden, c.created_at),
        counted as (
          update skills s set comment_count = s.comment_count - (select count(*) from gone where not is_hidden)::int where s.id = $2),
        warmed as (
          update skill_heat h set comments = h.comments - coalesce((select sum(skill_heat_at(created_at)) from gone where not is_hidden), 0)
           where h.skill_id = $2),
        threaded as (
          update skill_comments r set replies = r.replies - (select count(*) from gone where not is_hidden)::int where r.id = $3)
        select id, author from gone order by id
        """;

    private const string HideSql =
        """
        -- skill_comments.hide
        with hidden as (update skill_comments set is_hidden = $2 where id = $1 returning skill_id, root_id, created_at),
        counted as (update skills s set comment_count = s.comment_count + $3 from hidden h where s.id = h.skill_id),
        warmed as (update skill_heat w set comments = w.comments + $3 * skill_heat_at(h.created_at) from hidden h where w.skill_id = h.skill_id)
        update skill_comments r set replies = r.replies + $3 from hidden h where r.id = h.root_id
        """;

    private const string EditSql =
        """
        -- skill_comments.edit
        update skill_comments set text = $2, updated_at = now() where id = $1 and text <> $2
        """;

    /// <summary>A comment of the skill that the reader may see.</summary>
    public static async Task<SkillCommentRow?> Lock(NpgsqlConnection db, Reader reader, long skill, Guid uuid, CancellationToken ct)
    {
        await using var command = Sql.Command(db, LockSql, [.. reader.Parameters, Sql.Value(uuid), Sql.Value(skill)]);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new SkillCommentRow(
                row.GetInt64(0), row.GetGuid(1), row.GetInt64(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetInt64(4), row.GetBoolean(5), row.GetString(6))
            : null;
    }

    public static async Task<(long Id, SkillCommentView View)> Add(
        NpgsqlConnection db, long skill, long author, SkillCommentRow? parent, string text, CancellationToken ct)
    {
        await using var command = Sql.Command(
            db, AddSql, Sql.Value(skill), Sql.Value(author), Sql.Number(parent?.Id), Sql.Number(parent?.Root ?? parent?.Id), Sql.Value(text));
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        var at = row.GetDateTime(2);
        var by = new SkillAuthor(row.GetGuid(3), row.GetString(4), row.GetString(5), row.TextOrNull(6));
        return (row.GetInt64(0), new SkillCommentView(row.GetGuid(1), by, parent?.Uuid, text, at, at, 0, []));
    }

    /// <returns>Whether the text is another now.</returns>
    public static async Task<bool> Edit(NpgsqlConnection db, long id, string text, CancellationToken ct)
    {
        await using var command = Sql.Command(db, EditSql, Sql.Value(id), Sql.Value(text));
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <summary>Removes a locked comment and all that hangs under it, and appends a row for each.</summary>
    public static async Task Remove(Write write, SkillCommentRow comment, long actor, CancellationToken ct)
    {
        await using var command = Sql.Command(write.Db, RemoveSql, Sql.Value(comment.Id), Sql.Value(comment.Skill), Sql.Number(comment.Root));
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            write.Append(new Entry(Verb.DeleteSkillComment, ObjectKind.SkillComment, rows.GetInt64(0))
            {
                Actor = actor,
                Subject = rows.GetInt64(1),
                Detail = SkillDetail.Of(comment.Skill),
            });
        }
    }

    /// <summary>Hides a locked comment, which is shown, or the other way round.</summary>
    public static Task Hide(NpgsqlConnection db, SkillCommentRow comment, bool hidden, CancellationToken ct) =>
        Sql.Execute(db, HideSql, ct, Sql.Value(comment.Id), Sql.Value(hidden), Sql.Value(hidden ? -1 : 1));
}
