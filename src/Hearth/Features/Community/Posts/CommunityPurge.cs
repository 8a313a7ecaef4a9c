using Hearth.Jobs;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>
/// Removes what hung on deleted posts, who saw them and reacted, and hours of views that nothing asks for any more: in slices,
/// so that no statement holds on for long.
/// </summary>
internal sealed class CommunityPurge(NpgsqlDataSource source) : ScheduledJob
{
    private const int Slice = 5_000;

    private const string NextSql = "-- purge.next\nselect post_id from post_purges order by post_id limit 1";

    private const string DoneSql = "-- purge.done\ndelete from post_purges where post_id = $1";

    private const string HoursSql =
        """
        -- purge.hours
        delete from post_view_hours where ctid = any (array(
          select ctid from post_view_hours where hour < now() - interval '31 days' order by hour limit $1))
        """;

    private static readonly string[] Tables = ["post_views", "post_reactions", "post_bookmarks", "post_shares", "post_view_hours"];

    public override string Name => "community_purge";

    public override TimeSpan Period => TimeSpan.FromMinutes(5);

    public override async Task<string> Run(CancellationToken ct)
    {
        var rows = 0L;
        var posts = 0;
        await using var db = await source.OpenConnectionAsync(ct);
        while (await Next(db, ct) is { } post)
        {
            foreach (var table in Tables)
                rows += await Empty(db, $"-- purge.{table}\ndelete from {table} where ctid = any (array(select ctid from {table} where post_id = $2 limit $1))", post, ct);
            await using var done = new NpgsqlCommand(DoneSql, db) { Parameters = { new NpgsqlParameter<long> { TypedValue = post } } };
            await done.ExecuteNonQueryAsync(ct);
            posts++;
        }

        rows += await Empty(db, HoursSql, null, ct);
        return $"{posts} posts, {rows} rows";
    }

    private static async Task<long?> Next(NpgsqlConnection db, CancellationToken ct)
    {
        await using var next = new NpgsqlCommand(NextSql, db);
        return (long?)await next.ExecuteScalarAsync(ct);
    }

    private static async Task<long> Empty(NpgsqlConnection db, string sql, long? post, CancellationToken ct)
    {
        var all = 0L;
        int removed;
        do
        {
            await using var command = new NpgsqlCommand(sql, db) { Parameters = { new NpgsqlParameter<int> { TypedValue = Slice } } };
            if (post is { } id)
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
            removed = await command.ExecuteNonQueryAsync(ct);
            all += removed;
        }
        while (removed == Slice);
        return all;
    }
}
