using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Follows;

/// <summary>What follows and blocks say of a person.</summary>
internal sealed class FollowPersonal : IPersonal
{
    private const int Chunk = 1_000;

    private const string FollowsSql =
        """
        -- erasure.follows
        select follower, followed from follows where follower = $1 or followed = $1 order by follower, followed limit $2
        """;

    private const string BlocksSql =
        """
        -- erasure.blocks
        delete from blocks where (blocker, blocked) in (select blocker, blocked from blocks where blocker = $1 or blocked = $1 limit $2)
        returning blocker, blocked
        """;

    public IReadOnlyList<PersonalFile> Files { get; } =
    [
        PersonalFile.Of(
            "following",
            ["follows.follower"],
            "select u.uuid as id, u.username, f.at from follows f join users u on u.id = f.followed where f.follower = $1 order by f.at"),
        PersonalFile.Of(
            "followers",
            ["follows.followed"],
            "select u.uuid as id, u.username, f.at from follows f join users u on u.id = f.follower where f.followed = $1 order by f.at"),
        PersonalFile.Of(
            "blocks",
            ["blocks.blocker"],
            "select u.uuid as id, u.username, b.at from blocks b join users u on u.id = b.blocked where b.blocker = $1 order by b.at"),
    ];

    public IReadOnlyList<ErasureStep> Erasure { get; } =
    [
        new("follows", "taken back", ["follows.follower", "follows.followed"], Unfollow),
        new("blocks", "taken back", ["blocks.blocker", "blocks.blocked"], Unblock),
        ErasureStep.Of(
            "follow_counts", "deleted", ["follow_counts.user_id"], "delete from follow_counts where user_id = $1 and followers = 0 and following = 0"),
    ];

    public IReadOnlyList<PersonalColumn> Exceptions { get; } =
    [
        new("blocks.blocked", "Who blocks a person is the other's secret."),
        new("follow_counts.user_id", "Counts of following.json and followers.json."),
    ];

    private static async Task<Erased> Unfollow(Write write, long user, CancellationToken ct)
    {
        var pairs = await Pairs(write.Db, FollowsSql, user, ct);
        if (pairs.Count == 0)
            return default;
        await FollowStore.Lock(write.Db, pairs, ct);
        var gone = await FollowStore.Set(write.Db, [.. pairs.Select(pair => new Tie(pair.One, pair.Other, false))], ct);
        foreach (var tie in gone)
            write.Append(new Entry(Verb.Unfollow, ObjectKind.User, tie.Followed) { Actor = tie.Follower, Subject = tie.Followed, Detail = ErasureStep.Cause });
        return new Erased(pairs.Count);
    }

    private static async Task<Erased> Unblock(Write write, long user, CancellationToken ct)
    {
        var pairs = await Pairs(write.Db, BlocksSql, user, ct);
        foreach (var (blocker, blocked) in pairs)
            write.Append(new Entry(Verb.Unblock, ObjectKind.User, blocked) { Actor = blocker, Subject = blocked, Detail = ErasureStep.Cause });
        return new Erased(pairs.Count);
    }

    private static async Task<List<(long One, long Other)>> Pairs(NpgsqlConnection db, string sql, long user, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = user }, new NpgsqlParameter<int> { TypedValue = Chunk } },
        };
        var pairs = new List<(long, long)>();
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            pairs.Add((rows.GetInt64(0), rows.GetInt64(1)));
        return pairs;
    }
}
