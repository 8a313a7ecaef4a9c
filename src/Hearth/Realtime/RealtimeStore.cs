using Hearth.Platform;
using Npgsql;

namespace Hearth.Realtime;

internal static class RealtimeStore
{
    private const string AccountVersionsSql =
        """
        -- realtime.account_versions
        select id, version from users where id = any($1) and is_active
        """;

    private const string MaySeePostSql =
        """
        -- realtime.may_see_post
        select exists (select from posts where id = $1 and (not is_hidden or author = $2 or $3))
        """;

    /// <returns>The version of each account that is active.</returns>
    public static async Task<Dictionary<long, int>> AccountVersions(NpgsqlConnection db, long[] users, CancellationToken ct)
    {
        var versions = new Dictionary<long, int>();
        await using var command = new NpgsqlCommand(AccountVersionsSql, db) { Parameters = { new NpgsqlParameter<long[]> { TypedValue = users } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            versions[reader.GetInt64(0)] = reader.GetInt32(1);
        return versions;
    }

    /// <summary>What is hidden is there for its author and moderators alone.</summary>
    public static async Task<bool> MaySeePost(NpgsqlConnection db, Caller caller, long post, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(MaySeePostSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = post },
                new NpgsqlParameter<long> { TypedValue = caller.UserId },
                new NpgsqlParameter<bool> { TypedValue = caller.IsModerator },
            },
        };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
