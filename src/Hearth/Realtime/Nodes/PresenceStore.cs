using Hearth.Database;
using Npgsql;

namespace Hearth.Realtime.Nodes;

/// <summary>Somebody whose presence there is news of, and one who hears it.</summary>
internal readonly record struct Watched(long User, long Watcher);

/// <summary>Who of two follows whom.</summary>
internal readonly record struct Tie(long One, long Other, bool Follows, bool IsFollowed);

/// <summary>The statements that decide who hears of whose presence.</summary>
internal static class PresenceStore
{
    // Two who follow each other; neither blocks the other, which would have ended that.
    private const string WatchersSql =
        """
        -- presence.watchers
        select w.id, f.follower
          from unnest($1::bigint[]) as w (id)
          join follows f on f.followed = w.id and f.follower = any($2)
          join follows b on b.follower = w.id and b.followed = f.follower
        """;

    private const string TiesSql =
        """
        -- presence.ties
        select p.one, p.other,
               exists (select from follows where follower = p.one and followed = p.other),
               exists (select from follows where follower = p.other and followed = p.one)
          from unnest($1::bigint[], $2::bigint[]) as p (one, other)
        """;

    private const string PeopleSql =
        """
        -- presence.people
        select id, uuid, username, is_active and activity_visibility < 2 and profile_visibility < 2 from users where id = any($1)
        """;

    /// <returns>Of these people's mutual follows those who are among <paramref name="here"/>.</returns>
    public static async Task<List<Watched>> Watchers(NpgsqlConnection db, long[] people, long[] here, CancellationToken ct)
    {
        var watched = new List<Watched>();
        await using var command = Sql.Command(db, WatchersSql, Sql.Array(people), Sql.Array(here));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            watched.Add(new Watched(row.GetInt64(0), row.GetInt64(1)));
        return watched;
    }

    /// <returns>Of each pair, whether the first follows the second, and whether the second follows the first.</returns>
    public static async Task<List<Tie>> Ties(NpgsqlConnection db, IReadOnlyCollection<(long One, long Other)> pairs, CancellationToken ct)
    {
        var ties = new List<Tie>();
        await using var command = Sql.Command(db, TiesSql, Sql.Array(pairs, pair => pair.One), Sql.Array(pairs, pair => pair.Other));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            ties.Add(new Tie(row.GetInt64(0), row.GetInt64(1), row.GetBoolean(2), row.GetBoolean(3)));
        return ties;
    }

    /// <returns>Who they are, and whether they let others see what they do.</returns>
    public static async Task<Dictionary<long, (Guid Id, string Username, bool Shows)>> People(NpgsqlConnection db, long[] people, CancellationToken ct)
    {
        var found = new Dictionary<long, (Guid, string, bool)>();
        await using var command = Sql.Command(db, PeopleSql, Sql.Array(people));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            found[row.GetInt64(0)] = (row.GetGuid(1), row.GetString(2), row.GetBoolean(3));
        return found;
    }
}
