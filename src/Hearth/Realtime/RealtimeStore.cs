using Hearth.Platform;
using Npgsql;

namespace Hearth.Realtime;

/// <summary>What of an account a token says, too.</summary>
internal readonly record struct Standing(int Version, Roles Roles, Guid? Tenant)
{
    public static Standing Of(Caller caller) => new(caller.Version, caller.Roles, caller.Tenant);
}

internal static class RealtimeStore
{
    private const string StandingsSql =
        """
        -- realtime.standings
        select id, version, roles, tenant_id from users where id = any($1) and is_active
        """;

    private static readonly string MaySeePostSql =
        $"""
        -- realtime.may_see_post
        select exists (
          select from posts p where p.id = $1 and ($3 or p.author = $2 or not p.is_hidden and not {Blocks.Part("$2", "p.author")}))
        """;

    /// <returns>How each of the accounts stands that is active.</returns>
    public static async Task<Dictionary<long, Standing>> Standings(NpgsqlConnection db, long[] users, CancellationToken ct)
    {
        var standings = new Dictionary<long, Standing>();
        await using var command = new NpgsqlCommand(StandingsSql, db) { Parameters = { new NpgsqlParameter<long[]> { TypedValue = users } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var tenant = reader.IsDBNull(3) ? null : (Guid?)reader.GetGuid(3);
            standings[reader.GetInt64(0)] = new Standing(reader.GetInt32(1), (Roles)reader.GetInt32(2), tenant);
        }

        return standings;
    }

    /// <summary>What is hidden is there for its author and moderators alone; what somebody wrote is not there for whom they are apart from.</summary>
    public static async Task<bool> MaySeePost(NpgsqlConnection db, Caller caller, long post)
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
        return (bool)(await command.ExecuteScalarAsync())!;
    }
}
