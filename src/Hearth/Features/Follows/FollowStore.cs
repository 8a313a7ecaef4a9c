using Hearth.Platform;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Follows;

/// <summary>That one person follows another, or does not; <c>At</c> is since when, null for now.</summary>
internal readonly record struct Tie(long Follower, long Followed, bool Follows, DateTime? At = null);

/// <summary>The statements that write who follows and who blocks whom. <see cref="Lock"/> comes first, in a statement of its own.</summary>
internal static class FollowStore
{
    // A follow and a block of the same two people must not miss each other's rows: whatever concerns two people takes turns.
    private const string LockSql =
        """
        -- follows.lock
        select pg_advisory_xact_lock(60, pair) from (
          select distinct hashint8extended(least(a, b), greatest(a, b))::bit(32)::int as pair
            from unnest($1::bigint[], $2::bigint[]) as p (a, b)
           order by 1) pairs
        """;

    private const string SetSql =
        """
        -- follows.set
        with wanted as (
          select * from unnest($1::bigint[], $2::bigint[], $3::boolean[], $4::timestamptz[]) as w (follower, followed, follows, at)),
        added as (
          insert into follows (follower, followed, at)
          select follower, followed, coalesce(at, now()) from wanted where follows order by follower, followed
          on conflict do nothing
          returning follower, followed),
        removed as (
          delete from follows f using wanted w
           where not w.follows and f.follower = w.follower and f.followed = w.followed
          returning f.follower, f.followed),
        changed as (
          select follower, followed, 1 as n from added
          union all
          select follower, followed, -1 from removed),
        counted as (
          insert into follow_counts as c (user_id, followers, following)
          select id, sum(followers), sum(following)
            from (select followed as id, n as followers, 0 as following from changed
                  union all
                  select follower, 0, n from changed) sides
           group by id order by id
          on conflict (user_id) do update set followers = c.followers + excluded.followers, following = c.following + excluded.following)
        select follower, followed, n > 0 from changed order by follower, followed
        """;

    private const string BlockSql =
        """
        -- blocks.add
        insert into blocks (blocker, blocked) values ($1, $2) on conflict do nothing
        """;

    private const string UnblockSql =
        """
        -- blocks.remove
        delete from blocks where blocker = $1 and blocked = $2
        """;

    private static readonly string ApartSql =
        $"""
        -- blocks.between
        select {Blocks.Part("$1", "$2")}
        """;

    /// <summary>Takes the turn of each pair of people until the transaction ends.</summary>
    public static async Task Lock(NpgsqlConnection db, IEnumerable<(long, long)> pairs, CancellationToken ct)
    {
        var all = pairs.ToList();
        await using var command = new NpgsqlCommand(LockSql, db)
        {
            Parameters = { Longs(all.Select(pair => pair.Item1)), Longs(all.Select(pair => pair.Item2)) },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Makes it so, and counts what changed.</summary>
    /// <returns>Those that were otherwise before.</returns>
    public static async Task<List<Tie>> Set(NpgsqlConnection db, IReadOnlyList<Tie> ties, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SetSql, db)
        {
            Parameters =
            {
                Longs(ties.Select(tie => tie.Follower)),
                Longs(ties.Select(tie => tie.Followed)),
                new NpgsqlParameter<bool[]> { TypedValue = [.. ties.Select(tie => tie.Follows)] },
                new NpgsqlParameter<DateTime?[]> { TypedValue = [.. ties.Select(tie => tie.At)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
            },
        };
        var changed = new List<Tie>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            changed.Add(new Tie(reader.GetInt64(0), reader.GetInt64(1), reader.GetBoolean(2)));
        return changed;
    }

    /// <returns>Whether it is new.</returns>
    public static async Task<bool> Block(NpgsqlConnection db, long blocker, long blocked, CancellationToken ct) =>
        await Execute(db, BlockSql, blocker, blocked, ct) == 1;

    /// <returns>Whether there was a block.</returns>
    public static async Task<bool> Unblock(NpgsqlConnection db, long blocker, long blocked, CancellationToken ct) =>
        await Execute(db, UnblockSql, blocker, blocked, ct) == 1;

    /// <returns>Whether either blocks the other.</returns>
    public static async Task<bool> AreApart(NpgsqlConnection db, long one, long other, CancellationToken ct)
    {
        await using var command = Pair(db, ApartSql, one, other);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<int> Execute(NpgsqlConnection db, string sql, long one, long other, CancellationToken ct)
    {
        await using var command = Pair(db, sql, one, other);
        return await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlCommand Pair(NpgsqlConnection db, string sql, long one, long other) => new(sql, db)
    {
        Parameters = { new NpgsqlParameter<long> { TypedValue = one }, new NpgsqlParameter<long> { TypedValue = other } },
    };

    private static NpgsqlParameter<long[]> Longs(IEnumerable<long> values) => new() { TypedValue = [.. values] };
}
