using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>The statements about groups and courses; the two have tables of the same form.</summary>
internal static class CircleStore
{
    private static readonly Dictionary<Circle, Statements> All = new(ReferenceEqualityComparer.Instance) { [Circle.Group] = new(Circle.Group), [Circle.Course] = new(Circle.Course) };

    public static async Task<CircleView?> One(NpgsqlConnection db, Circle circle, int id, long reader, MediaLinks links, CancellationToken ct)
    {
        await using var command = Command(db, All[circle].One, id, reader);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? View(row, links) : null;
    }

    public static async Task<List<CircleView>> List(
        NpgsqlConnection db, Circle circle, CircleQuery query, long reader, MediaLinks links, CancellationToken ct)
    {
        var from = query.Page.Cursor is { } cursor ? (int)Math.Clamp(cursor.Long(0), 0, int.MaxValue) : query.Page.Backwards ? 0 : int.MaxValue;
        await using var command = Command(
            db, query.Page.Backwards ? All[circle].Newer : All[circle].Older, from, reader, query.Joined, query.Page.Take);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var circles = new List<CircleView>();
        while (await rows.ReadAsync(ct))
            circles.Add(View(rows, links));
        return circles;
    }

    public static async Task<List<(long Id, CircleMember View)>> Members(
        NpgsqlConnection db, Circle circle, int id, long from, bool backwards, int take, MediaLinks links, CancellationToken ct)
    {
        await using var command = Command(db, backwards ? All[circle].MembersBefore : All[circle].MembersAfter, id, from, take);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var members = new List<(long, CircleMember)>();
        while (await rows.ReadAsync(ct))
            members.Add((rows.GetInt64(0), new CircleMember(Author(rows, 1, links), rows.GetDateTime(4))));
        return members;
    }

    /// <summary>Founds one; its founder is its first member.</summary>
    public static async Task<int> Add(NpgsqlConnection db, Circle circle, long owner, string name, string description)
    {
        await using var command = Command(db, All[circle].Add, owner, name, description);
        return (int)(await command.ExecuteScalarAsync())!;
    }

    /// <returns>The owner, name and description; null where there is none.</returns>
    public static async Task<(long Owner, string Name, string Description)?> Lock(NpgsqlConnection db, Circle circle, int id, CancellationToken ct)
    {
        await using var command = Command(db, All[circle].Lock, id);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetInt64(0), row.GetString(1), row.GetString(2)) : null;
    }

    public static Task Edit(NpgsqlConnection db, Circle circle, int id, string name, string description) =>
        Run(db, All[circle].Edit, id, name, description);

    /// <summary>Deletes it and its memberships; its posts are in no group then.</summary>
    public static Task Delete(NpgsqlConnection db, Circle circle, int id) => Run(db, All[circle].Delete, id, circle.List);

    /// <returns>Whether the person was no member before.</returns>
    public static async Task<bool> Join(NpgsqlConnection db, Circle circle, int id, long user) => await Run(db, All[circle].Join, id, user) > 0;

    /// <returns>Whether the person was a member before.</returns>
    public static async Task<bool> Leave(NpgsqlConnection db, Circle circle, int id, long user) => await Run(db, All[circle].Leave, id, user) > 0;

    private static CircleView View(NpgsqlDataReader row, MediaLinks links) => new(
        row.GetInt32(0), row.GetString(1), row.GetString(2), Author(row, 3, links), row.GetInt32(6), row.GetBoolean(7), row.GetDateTime(8),
        row.GetDateTime(9));

    private static AuthorView Author(NpgsqlDataReader row, int at, MediaLinks links) =>
        new(row.GetGuid(at), row.GetString(at + 1), links.Of(row.TextOrNull(at + 2)));

    private static async Task<int> Run(NpgsqlConnection db, string sql, params object[] values)
    {
        await using var command = Command(db, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlCommand Command(NpgsqlConnection db, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, db);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private sealed class Statements
    {
        public Statements(Circle c)
        {
            var columns =
                $"""
                g.id, g.name, g.description, u.uuid, u.display_name, u.profile_photo, g.member_count,
                exists (select from {c.Members} m where m.{c.Key} = g.id and m.user_id = $2), g.created_at, g.updated_at
                """;
            var mine = $"(not $3 or g.id in (select m.{c.Key} from {c.Members} m where m.user_id = $2))";
            One = $"-- {c.Table}.one\nselect {columns} from {c.Table} g join users u on u.id = g.owner where g.id = $1";
            Older = $"-- {c.Table}.older\nselect {columns} from {c.Table} g join users u on u.id = g.owner where g.id < $1 and {mine} order by g.id desc limit $4";
            Newer = $"-- {c.Table}.newer\nselect {columns} from {c.Table} g join users u on u.id = g.owner where g.id > $1 and {mine} order by g.id limit $4";
            const string Member = "m.user_id, u.uuid, u.display_name, u.profile_photo, m.at";
            MembersAfter =
                $"""
                -- {c.Table}.members
                select {Member} from {c.Members} m join users u on u.id = m.user_id where m.{c.Key} = $1 and m.user_id > $2 order by m.user_id limit $3
                """;
            MembersBefore =
                $"""
                -- {c.Table}.members
                select {Member} from {c.Members} m join users u on u.id = m.user_id where m.{c.Key} = $1 and m.user_id < $2 order by m.user_id desc limit $3
                """;
            Add =
                $"""
                -- {c.Table}.add
                with added as (insert into {c.Table} (owner, name, description, member_count) values ($1, $2, $3, 1) returning id),
                founder as (insert into {c.Members} ({c.Key}, user_id) select id, $1 from added)
                select id from added
                """;
            Lock = $"-- {c.Table}.lock\nselect owner, name, description from {c.Table} where id = $1 for no key update";
            Edit = $"-- {c.Table}.edit\nupdate {c.Table} set name = $2, description = $3, updated_at = now() where id = $1";
            Delete =
                $"""
                -- {c.Table}.delete
                with freed as (update posts set {c.Key} = null where {c.Key} = $1),
                unlisted as (delete from post_days where list = $2 and list_id = $1)
                delete from {c.Table} where id = $1
                """;
            Join =
                $"""
                -- {c.Table}.join
                with joined as (insert into {c.Members} ({c.Key}, user_id) values ($1, $2) on conflict do nothing returning user_id)
                update {c.Table} set member_count = member_count + 1 where id = $1 and exists (select from joined)
                """;
            Leave =
                $"""
                -- {c.Table}.leave
                with gone as (delete from {c.Members} where {c.Key} = $1 and user_id = $2 returning user_id)
                update {c.Table} set member_count = member_count - 1 where id = $1 and exists (select from gone)
                """;
        }

        public string One { get; }

        public string Older { get; }

        public string Newer { get; }

        public string MembersAfter { get; }

        public string MembersBefore { get; }

        public string Add { get; }

        public string Lock { get; }

        public string Edit { get; }

        public string Delete { get; }

        public string Join { get; }

        public string Leave { get; }
    }
}
