using System.Runtime.CompilerServices;
using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Badges;

/// <summary>An action that counts, or counted until the row <c>Ended</c>, from the side of whom it may give a badge.</summary>
internal sealed record Life(long Earner, Side Side, Deed Deed, long? Ended);

/// <summary>Reads what badges are judged by: all that counts, and what was taken back.</summary>
internal static class LifeStore
{
    private const string OfSql =
        """
        -- engagement.lives
        select 0, actor, id, at, null::bigint, verb, object_kind, object_id, actor, subject, post_id
          from engagement_actions where actor = any($1) and verb = any($2)
        union all
        select 0, actor, id, at, ended, verb, object_kind, object_id, actor, subject, null
          from engagement_taken_back where actor = any($1) and verb = any($2)
        union all
        select 1, subject, id, at, null, verb, object_kind, object_id, actor, subject, post_id
          from engagement_actions where subject = any($1) and verb <> 10 and verb = any($3) and actor <> subject
        union all
        select 1, subject, id, at, ended, verb, object_kind, object_id, actor, subject, null
          from engagement_taken_back where subject = any($1) and verb = any($3) and actor <> subject
        union all
        select 1, subject, id, at, null, verb, object_kind, object_id, actor, subject, null
          from engagement_actions where subject = any($4) and verb = 10 and actor <> subject
        union all
        select 2, post_author, id, at, null, verb, object_kind, object_id, actor, subject, post_id
          from engagement_actions where post_author = any($1) and verb = 6 and 6 = any($3) and actor <> post_author
        union all
        select 1, subject, id, at, null, verb, object_kind, object_id, actor, subject, null
          from engagement_actions where subject = any($1) and verb = 81
        """;

    private const string EveryonesSql =
        """
        -- engagement.lives.everyones
        select 0, actor, id, at, null::bigint, verb, object_kind, object_id, actor, subject, post_id from engagement_actions where verb = $1
        union all
        select 0, actor, id, at, ended, verb, object_kind, object_id, actor, subject, null from engagement_taken_back where verb = $1
        order by 2, 3
        """;

    // An author with fewer views has not reached anyone's bar by them.
    private const string SeenSql =
        """
        -- engagement.lives.seen
        select user_id from engagement_users where user_id = any($1) and views_received >= $2
        """;

    /// <returns>What these people may have earned badges by, as far as the rules look at it.</returns>
    public static async Task<List<Life>> Of(NpgsqlConnection db, long[] users, IReadOnlyCollection<BadgeRule> rules, CancellationToken ct)
    {
        var viewed = rules.Any(rule => rule.Badge == (int)Badge.Influencer) ? await Seen(db, users, ct) : [];
        await using var batch = new NpgsqlBatch(db);
        batch.Command(OfSql).Value(users)
            .Value(Verbs(rules.Where(rule => rule.Side == Side.Given)))
            .Value(Verbs(rules.Where(rule => rule.Side != Side.Given)))
            .Value(viewed);
        var lives = new List<Life>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var life = Read(reader);
            lives.Add(life);
            // What others do to one's posts is done to oneself, too; but a reply is done to whose comment it answers.
            if (life.Side == Side.Received && life.Deed.Post is not null && life.Deed.Verb != Verb.ReplyComment)
                lives.Add(life with { Side = Side.OnPosts });
        }

        return lives;
    }

    /// <returns>Everyone's actions of a kind, person by person.</returns>
    public static async IAsyncEnumerable<Life> Everyones(NpgsqlConnection db, Verb verb, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        batch.Command(EveryonesSql).Value((short)verb);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            yield return Read(reader);
    }

    private static async Task<long[]> Seen(NpgsqlConnection db, long[] users, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        batch.Command(SeenSql).Value(users).Value(BadgeBook.Reach);
        var seen = new List<long>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            seen.Add(reader.GetInt64(0));
        return [.. seen];
    }

    private static short[] Verbs(IEnumerable<BadgeRule> rules) => [.. rules.SelectMany(rule => rule.Verbs).Distinct().Select(verb => (short)verb)];

    private static Life Read(NpgsqlDataReader r)
    {
        var key = new DeedKey(r.GetInt64(8), (Verb)r.GetInt16(5), (ObjectKind)r.GetInt16(6), r.GetInt64(7), 0);
        var deed = new Deed(key, r.GetInt64(2), r.GetDateTime(3))
        {
            Subject = r.IsDBNull(9) ? null : r.GetInt64(9),
            Post = r.IsDBNull(10) ? Deed.PostOf(key, null) : r.GetInt64(10),
        };
        return new Life(r.GetInt64(1), (Side)r.GetInt32(0), deed, r.IsDBNull(4) ? null : r.GetInt64(4));
    }
}
