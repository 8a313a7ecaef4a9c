using Npgsql;

namespace Hearth.Platform;

/// <summary>
/// Takes an account out of use, or back into it, for administrators and moderators alike. The caller appends
/// <c>ChangeAccount</c>, by which every node notices, and sockets close. Who left for good does not come back.
/// </summary>
internal static class Suspension
{
    private const string Sql =
        """
        -- access.suspend
        with changed as (
          update users set is_active = $2, version = version + 1 where id = $1 and is_active <> $2
             and (not $2 or not exists (select from erasures where user_id = $1)) returning id),
        ended as (
          update refresh_families f set revoked_at = now() from changed where f.user_id = changed.id and f.revoked_at is null)
        select exists (select from changed)
        """;

    /// <returns>Whether anything changed: only then is there an entry to append.</returns>
    public static async Task<bool> Set(NpgsqlConnection db, long user, bool isActive, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, db)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = user }, new NpgsqlParameter<bool> { TypedValue = isActive } },
        };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
