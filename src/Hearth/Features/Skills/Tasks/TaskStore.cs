using System.Globalization;
using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>A task with what only the server needs of it.</summary>
internal sealed record TaskRow(long Id, long Skill, long Author, long SkillAuthor, bool IsHidden, TaskView View);

/// <summary>What a person says to a task; 0 for nothing. <c>At</c> is since when, null for now.</summary>
internal readonly record struct TaskVote(long Task, long User, int Value, DateTime? At = null);

/// <summary>The statements of tasks and their votes.</summary>
internal static class TaskStore
{
    private static readonly string FromSql =
        $"""
        select t.id, t.skill_id, t.author, s.author, t.is_hidden, t.uuid, s.uuid, t.day, t.title, t.description,
               u.uuid, u.username, u.display_name, u.profile_photo, t.votes,
               coalesce((select v.value from skill_task_votes v where v.task_id = t.id and v.user_id = $1), 0::smallint), t.created_at
          from skill_tasks t join skills s on s.id = t.skill_id join users u on u.id = t.author
         where {Sight.Visible()} and (t.author = $1 or $2 or not t.is_hidden and not {Blocks.Part("$1", "t.author")})
        """;

    private static readonly string OneSql = $"-- skill_tasks.one\n{FromSql} and t.uuid = $3";

    private static readonly string LockSql = $"-- skill_tasks.lock\n{FromSql} and t.uuid = $3 for no key update of t";

    private const string AddSql =
        """
        -- skill_tasks.add
        insert into skill_tasks (skill_id, author, day, title, description) values ($1, $2, $3, $4, $5) returning id, uuid
        """;

    private const string VoteSql =
        """
        -- skill_tasks.vote
        with moment as materialized (select clock_timestamp() as at),
        input as materialized (
          select i.id, i.user_id, i.value, coalesce(i.at, m.at) as at, coalesce(v.value, 0) as old
            from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::timestamptz[]) as i (id, user_id, value, at)
            cross join moment m
            join skill_tasks t on t.id = i.id
            left join skill_task_votes v on v.task_id = i.id and v.user_id = i.user_id
           where coalesce(v.value, 0) <> i.value),
        put as (
          insert into skill_task_votes (task_id, user_id, value, at) select id, user_id, value, at from input where value <> 0
          on conflict (task_id, user_id) do update set value = excluded.value, at = excluded.at),
        gone as (delete from skill_task_votes v using input i where i.value = 0 and v.task_id = i.id and v.user_id = i.user_id),
        counted as (
          update skill_tasks t set votes = t.votes + d.n from (select id, sum(value - old)::int as n from input group by id) d where t.id = d.id)
        select at from input
        """;

    private const string RemoveSql =
        """
        -- skill_tasks.remove
        with gone as (delete from skill_tasks where id = $1)
        insert into skill_purges (kind, id) values (15, $1)
        """;

    private const string HideSql = "-- skill_tasks.hide\nupdate skill_tasks set is_hidden = $2 where id = $1";

    /// <summary>The task; fails with 404 where there is none that the reader may see.</summary>
    public static Task<TaskRow> One(NpgsqlConnection db, Reader reader, Guid uuid, CancellationToken ct) => One(db, OneSql, reader, uuid, ct);

    /// <inheritdoc cref="One(NpgsqlConnection, Reader, Guid, CancellationToken)"/>
    public static Task<TaskRow> Lock(NpgsqlConnection db, Reader reader, Guid uuid, CancellationToken ct) => One(db, LockSql, reader, uuid, ct);

    /// <summary>A skill's tasks by day, those with most votes first.</summary>
    public static Task<List<TaskRow>> List(NpgsqlConnection db, Reader reader, long skill, int? day, KeysetQuery page, CancellationToken ct)
    {
        var (compare, order, reverse) = page.Backwards ? ("<", "desc", "asc") : (">", "asc", "desc");
        var parameters = new List<NpgsqlParameter>(reader.Parameters) { Sql.Value(skill), Sql.Value(page.Take) };
        var where = "";
        if (page.Cursor is { } cursor)
        {
            parameters.AddRange([Sql.Value(cursor.Long(0)), Sql.Value(cursor.Long(1)), Sql.Value(cursor.Long(2))]);
            where = $"and (t.day, -t.votes, t.id) {compare} ($5, -$6, $7)";
        }

        if (day is { } only)
        {
            parameters.Add(Sql.Value(only));
            where += $" and t.day = ${parameters.Count}";
        }

        return Rows(
            Sql.Command(
                db,
                $"-- skill_tasks.list\n{FromSql} and t.skill_id = $3 {where} order by t.day {order}, t.votes {reverse}, t.id {order} limit $4",
                [.. parameters]),
            ct);
    }

    public static string[] Key(TaskRow row) =>
    [
        row.View.Day.ToString(CultureInfo.InvariantCulture), row.View.Votes.ToString(CultureInfo.InvariantCulture), row.Id.ToString(CultureInfo.InvariantCulture),
    ];

    public static async Task<(long Id, Guid Uuid)> Add(
        NpgsqlConnection db, long skill, long author, int day, string title, string description, CancellationToken ct)
    {
        await using var command = Sql.Command(
            db, AddSql, Sql.Value(skill), Sql.Value(author), Sql.Value(day), Sql.Value(title), Sql.Value(description));
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt64(0), row.GetGuid(1));
    }

    /// <summary>Makes the votes so; the tasks are locked before.</summary>
    /// <returns>When, for each that was another before.</returns>
    public static async Task<List<DateTime>> Vote(NpgsqlConnection db, IReadOnlyList<TaskVote> votes, CancellationToken ct)
    {
        var changed = new List<DateTime>();
        if (votes.Count == 0)
            return changed;
        await using var command = Sql.Command(
            db,
            VoteSql,
            Sql.Array(votes, vote => vote.Task),
            Sql.Array(votes, vote => vote.User),
            Sql.Array(votes, vote => (short)vote.Value),
            Sql.Times(votes, vote => vote.At));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            changed.Add(reader.GetDateTime(0));
        return changed;
    }

    /// <summary>Removes a locked task; a job removes its votes later.</summary>
    public static async Task Remove(Write write, TaskRow task, long actor, CancellationToken ct)
    {
        await Sql.Execute(write.Db, RemoveSql, ct, Sql.Value(task.Id));
        write.Append(new Entry(Verb.DeleteTask, ObjectKind.Task, task.Id) { Actor = actor, Subject = task.Author, Detail = SkillDetail.Of(task.Skill) });
    }

    public static Task Hide(NpgsqlConnection db, long id, bool hidden, CancellationToken ct) =>
        Sql.Execute(db, HideSql, ct, Sql.Value(id), Sql.Value(hidden));

    private static async Task<TaskRow> One(NpgsqlConnection db, string sql, Reader reader, Guid uuid, CancellationToken ct) =>
        await Rows(Sql.Command(db, sql, [.. reader.Parameters, Sql.Value(uuid)]), ct) is [var row] ? row : throw Failure.NotFound();

    private static async Task<List<TaskRow>> Rows(NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
        {
            var tasks = new List<TaskRow>();
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
                tasks.Add(Row(row));
            return tasks;
        }
    }

    private static TaskRow Row(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetBoolean(4), new TaskView(
            row.GetGuid(5),
            row.GetGuid(6),
            row.GetInt32(7),
            row.GetString(8),
            row.GetString(9),
            new SkillAuthor(row.GetGuid(10), row.GetString(11), row.GetString(12), row.TextOrNull(13)),
            row.GetInt32(14),
            row.GetInt16(15),
            row.GetDateTime(16)));
}
