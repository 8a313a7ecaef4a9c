using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Rollups;

/// <summary>How many posts of a course or campaign each person has seen: who has seen any is its reach.</summary>
internal sealed class Viewers
{
    private const string LoadSql =
        """
        -- engagement.viewers.load
        select v.scope, v.scope_id, v.user_id, v.posts
          from unnest($1::smallint[], $2::bigint[], $3::bigint[]) as k (scope, scope_id, user_id)
          join engagement_viewers v on v.scope = k.scope and v.scope_id = k.scope_id and v.user_id = k.user_id
        """;

    private const string SetSql =
        """
        -- engagement.viewers.set
        insert into engagement_viewers (scope, scope_id, user_id, posts)
        select * from unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::int[])
        on conflict (scope, scope_id, user_id) do update set posts = excluded.posts
        """;

    private const string RemoveSql =
        """
        -- engagement.viewers.remove
        delete from engagement_viewers v using unnest($1::smallint[], $2::bigint[], $3::bigint[]) as k (scope, scope_id, user_id)
         where v.scope = k.scope and v.scope_id = k.scope_id and v.user_id = k.user_id
        """;

    private readonly Dictionary<(Scope Scope, long Id, long User), int> posts = [];
    private readonly HashSet<(Scope Scope, long Id, long User)> changed = [];

    public async Task Load(NpgsqlConnection db, IEnumerable<Deed> candidates, CancellationToken ct)
    {
        foreach (var deed in candidates)
        {
            if (deed.Verb != Verb.ViewPost)
                continue;
            foreach (var (scope, id) in Tallies.ScopesOf(deed).Where(one => Has(one.Scope)))
                posts[(scope, id, deed.Actor)] = 0;
        }

        if (posts.Count == 0)
            return;
        await using var batch = new NpgsqlBatch(db);
        Keyed(batch.Command(LoadSql), [.. posts.Keys]);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            posts[((Scope)reader.GetInt16(0), reader.GetInt64(1), reader.GetInt64(2))] = reader.GetInt32(3);
    }

    /// <returns>1 for a viewer who is new to the scope, -1 for one who has seen none of it any more, else 0.</returns>
    public int Apply(Scope scope, long id, long user, int sign)
    {
        if (!Has(scope))
            return 0;
        var before = posts[(scope, id, user)];
        posts[(scope, id, user)] = before + sign;
        changed.Add((scope, id, user));
        return (before + sign > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    }

    public void Write(NpgsqlBatch batch)
    {
        var seen = changed.Where(key => posts[key] > 0).ToList();
        if (seen.Count > 0)
            Keyed(batch.Command(SetSql), seen).Column(seen, key => posts[key]);
        var gone = changed.Where(key => posts[key] == 0).ToList();
        if (gone.Count > 0)
            Keyed(batch.Command(RemoveSql), gone);
    }

    private static bool Has(Scope scope) => scope is Scope.Course or Scope.Campaign;

    private static NpgsqlBatchCommand Keyed(NpgsqlBatchCommand command, List<(Scope Scope, long Id, long User)> keys) =>
        command.Column(keys, key => (short)key.Scope).Column(keys, key => key.Id).Column(keys, key => key.User);
}
