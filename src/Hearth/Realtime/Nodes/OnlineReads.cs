using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Realtime.Nodes;

/// <summary>Nodes and people as they are shown.</summary>
internal static class OnlineReads
{
    private const string NodesSql =
        """
        -- nodes.list
        select id, name, started_at, seen_at, web_sockets, socket_ios, people, rooms, events from nodes where seen_at > now() - $1 order by started_at, id
        """;

    // Whoever is private by the older setting is seen by followers at most.
    private static readonly string VisibleSql =
        $"""
        with there as (
          select p.user_id, min(p.since) as since from presence p join nodes n on n.id = p.node and n.seen_at > now() - $1 group by p.user_id),
        visible as materialized (
          select u.id, t.since from there t join users u on u.id = t.user_id
           where u.is_active
             and (u.id = $2 or case greatest(u.profile_visibility, u.activity_visibility, u.is_private::int)
                                 when 0 then true when 1 then exists (select from follows f where f.follower = $2 and f.followed = u.id) else false end)
             and not {Blocks.Part("$2", "u.id")})
        """;

    private static readonly string CountSql = $"-- presence.count\n{VisibleSql} select count(*)::int from visible";

    public static async Task<List<NodeView>> Nodes(NpgsqlConnection db, TimeSpan dead, CancellationToken ct)
    {
        var nodes = new List<NodeView>();
        await using var command = Sql.Command(db, NodesSql, Sql.Value(dead));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            nodes.Add(new NodeView(
                row.GetGuid(0), row.GetString(1), row.GetDateTime(2), row.GetDateTime(3), row.GetInt32(4) + row.GetInt32(5), row.GetInt32(4), row.GetInt32(5),
                row.GetInt32(6), row.GetInt32(7), row.GetInt64(8)));
        }

        return nodes;
    }

    /// <returns>How many people the reader sees online, and a page of them.</returns>
    public static async Task<(int Count, List<(long Key, OnlinePerson Person)> Rows)> Online(
        NpgsqlConnection db, long reader, TimeSpan dead, KeysetQuery page, CancellationToken ct)
    {
        int count;
        await using (var counting = Sql.Command(db, CountSql, Sql.Value(dead), Sql.Value(reader)))
            count = (int)(await counting.ExecuteScalarAsync(ct))!;
        var (compare, order) = page.Backwards ? ("<", "desc") : (">", "asc");
        var sql =
            $"""
            -- presence.list
            {VisibleSql}
            select v.id, u.uuid, u.username, u.display_name, u.profile_photo, v.since from visible v join users u on u.id = v.id
             where v.id {compare} $3 order by v.id {order} limit $4
            """;
        var rows = new List<(long, OnlinePerson)>();
        await using var command = Sql.Command(db, sql, Sql.Value(dead), Sql.Value(reader), Sql.Value(page.Cursor?.Long(0) ?? 0), Sql.Value(page.Take));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            rows.Add((row.GetInt64(0), new OnlinePerson(row.GetGuid(1), row.GetString(2), row.GetString(3), row.TextOrNull(4), row.GetDateTime(5))));
        return (count, rows);
    }
}
