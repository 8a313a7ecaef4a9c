using Hearth.Platform;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Follows;

/// <summary>The statements that read who follows whom.</summary>
internal static class FollowReads
{
    private const string StatusSql =
        """
        -- follows.status
        select exists (select from follows where follower = $1 and followed = $2),
               exists (select from follows where follower = $2 and followed = $1),
               exists (select from blocks where blocker = $1 and blocked = $2)
        """;

    // As a profile: whoever is private by the older setting is seen by followers at most.
    private const string Shown =
        """
        case greatest(u.profile_visibility, u.is_private::int)
          when 0 then true when 1 then exists (select from follows s where s.follower = $2 and s.followed = u.id) else false end
        """;

    private static readonly string Apart = Blocks.Part("$2", "u.id");

    private static readonly string VisibleSql =
        $"""
        -- follows.visible
        select {Shown} from users u where u.id = $1 and u.is_active and not {Apart}
        """;

    public static async Task<FollowStatus> Status(NpgsqlConnection db, long me, long other, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(StatusSql, db) { Parameters = { Number(me), Number(other) } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new FollowStatus(reader.GetBoolean(0), reader.GetBoolean(1), reader.GetBoolean(2));
    }

    /// <returns>Whether a person's lists are shown to another, as their profile is; null where one blocks the other.</returns>
    public static async Task<bool?> MaySee(NpgsqlConnection db, long whose, long viewer, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(VisibleSql, db) { Parameters = { Number(whose), Number(viewer) } };
        return (bool?)await command.ExecuteScalarAsync(ct);
    }

    /// <summary>
    /// Those who follow a person (or whom they follow), the latest first, as far as the page goes. Of another's list nobody is named who hides
    /// from the reader; <paramref name="whole"/> names all.
    /// </summary>
    public static async Task<List<FollowedPerson>> List(
        NpgsqlConnection db, bool followers, long whose, long viewer, bool whole, KeysetQuery page, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ListSql(followers, whole, page), db) { Parameters = { Number(whose), Number(viewer) } };
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = page.Take });
        if (page.Cursor is { } cursor)
        {
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = cursor.Time(0), NpgsqlDbType = NpgsqlDbType.TimestampTz });
            command.Parameters.Add(Number(cursor.Long(1)));
        }

        var people = new List<FollowedPerson>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            people.Add(new FollowedPerson(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetBoolean(4), reader.GetDateTime(5))
            {
                Key = reader.GetInt64(6),
            });
        }

        return people;
    }

    private static string ListSql(bool followers, bool whole, KeysetQuery page)
    {
        var (whose, other) = followers ? ("followed", "follower") : ("follower", "followed");
        var (compare, order) = page.Backwards ? (">", "asc") : ("<", "desc");
        var from = page.Cursor is null ? "" : $"and (f.at, f.{other}) {compare} ($4, $5)";
        var hiding = whole ? "" : $"and (u.id = $2 or {Shown} and not {Apart})";
        return $"""
            -- follows.list
            select u.uuid, u.username, u.display_name, u.profile_photo,
                   exists (select from follows m where m.follower = $2 and m.followed = u.id), f.at, u.id
              from follows f join users u on u.id = f.{other}
             where f.{whose} = $1 {from} {hiding}
             order by f.at {order}, f.{other} {order}
             limit $3
            """;
    }

    private static NpgsqlParameter<long> Number(long value) => new() { TypedValue = value };
}
