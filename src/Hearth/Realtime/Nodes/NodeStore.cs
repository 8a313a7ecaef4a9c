using Hearth.Database;
using Npgsql;

namespace Hearth.Realtime.Nodes;

/// <summary>What a node says of itself.</summary>
internal readonly record struct NodeFigures(int WebSockets, int SocketIOs, int People, int Rooms, long Events);

/// <summary>The statements on nodes and on who is connected to them.</summary>
internal static class NodeStore
{
    public const string Channel = "hearth_presence";

    private const string BeatSql =
        """
        -- nodes.beat
        with known as (
          update nodes set seen_at = now(), web_sockets = $3, socket_ios = $4, people = $5, rooms = $6, events = $7 where id = $1 returning 1),
        made as (
          insert into nodes (id, name, web_sockets, socket_ios, people, rooms, events)
          select $1, $2, $3, $4, $5, $6, $7 where not exists (select from known))
        select exists (select from known)
        """;

    private const string ComeSql =
        """
        -- presence.come
        insert into presence (user_id, node) select u, $2 from unnest($1::bigint[]) u order by u on conflict do nothing
        """;

    private const string GoSql =
        """
        -- presence.go
        delete from presence where node = $2 and user_id = any($1)
        """;

    private const string BurySql =
        """
        -- nodes.bury
        with dead as (select id from nodes where id <> $1 and seen_at < now() - $2 for update skip locked),
        gone as (delete from presence p using dead d where p.node = d.id returning p.user_id),
        buried as (delete from nodes n using dead d where n.id = d.id)
        select distinct user_id from gone
        """;

    private const string LeaveSql =
        """
        -- nodes.leave
        with gone as (delete from presence where node = $1 returning user_id),
        left_it as (delete from nodes where id = $1)
        select user_id from gone
        """;

    private const string OnlineSql =
        """
        -- presence.online
        select distinct p.user_id from presence p join nodes n on n.id = p.node and n.seen_at > now() - $1
         where $2::bigint[] is null or p.user_id = any($2)
        """;

    private const string NotifySql = "select pg_notify($1, string_agg(u::text, ',')) from unnest($2::bigint[]) u";

    /// <returns>Whether the node was known; else it is now, with nobody connected.</returns>
    public static async Task<bool> Beat(NpgsqlConnection db, Guid node, string name, NodeFigures figures, CancellationToken ct)
    {
        await using var command = Sql.Command(
            db, BeatSql, Sql.Value(node), Sql.Text(name), Sql.Value(figures.WebSockets), Sql.Value(figures.SocketIOs), Sql.Value(figures.People),
            Sql.Value(figures.Rooms), Sql.Value(figures.Events));
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    public static Task Come(NpgsqlConnection db, Guid node, long[] users, CancellationToken ct) =>
        Sql.Execute(db, ComeSql, ct, Sql.Array(users), Sql.Value(node));

    public static Task Go(NpgsqlConnection db, Guid node, long[] users, CancellationToken ct) =>
        Sql.Execute(db, GoSql, ct, Sql.Array(users), Sql.Value(node));

    /// <summary>Forgets the nodes that have not been seen for so long.</summary>
    /// <returns>Who was connected to them.</returns>
    public static Task<HashSet<long>> Bury(NpgsqlConnection db, Guid me, TimeSpan dead, CancellationToken ct) =>
        People(Sql.Command(db, BurySql, Sql.Value(me), Sql.Value(dead)), ct);

    /// <returns>Who was connected.</returns>
    public static Task<HashSet<long>> Leave(NpgsqlConnection db, Guid node, CancellationToken ct) => People(Sql.Command(db, LeaveSql, Sql.Value(node)), ct);

    /// <returns>Those of the people who are connected to a node that lives; all of them, where null is asked for.</returns>
    public static Task<HashSet<long>> Online(NpgsqlConnection db, TimeSpan dead, long[]? among, CancellationToken ct) =>
        People(
            Sql.Command(db, OnlineSql, Sql.Value(dead), new NpgsqlParameter<long[]?> { TypedValue = among, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Bigint }),
            ct);

    /// <summary>Tells all nodes, this one too, about whom there may be news. Outside of any write: it takes a lock at commit.</summary>
    public static async Task Notify(NpgsqlConnection db, IEnumerable<long> users, CancellationToken ct)
    {
        // A payload has at most 8,000 bytes.
        foreach (var some in users.Chunk(300))
            await Sql.Execute(db, NotifySql, ct, Sql.Text(Channel), Sql.Array(some));
    }

    private static async Task<HashSet<long>> People(NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
        {
            var people = new HashSet<long>();
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                people.Add(reader.GetInt64(0));
            return people;
        }
    }
}
