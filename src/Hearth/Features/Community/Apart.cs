using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>
/// Whom each person is apart from: those whom they block, and those who block them. Neither sees what the other writes, nor answers it.
/// Moderators are apart from nobody: they see what they decide on.
/// </summary>
internal sealed class Apart(NpgsqlDataSource source) : ITailReader, ICacheHolder
{
    private static readonly string Sql =
        $"""
        -- community.apart
        select distinct id from ({Blocks.From("$1")}) parted
        """;

    private const string WrittenSql =
        """
        -- community.apart_wrote
        select exists (select from posts p where $1 and p.id = $2 and p.author = any($3))
            or exists (select from comments c join posts p on p.id = c.post_id where not $1 and c.id = $2 and (c.author = any($3) or p.author = any($3)))
        """;

    // Most people have nobody: what is kept for them is one empty array.
    private readonly StripedCache<long, long[]> known = new(50_000, lifetime: CacheLifetimes.Feeds);

    public IReadOnlyList<NodeCache> Caches =>
    [
        new("apart", CacheLifetimes.Feeds, () => known.Figures(people => 64 + (8 * people.Length)), known.Clear)
        {
            Forget = known.Remove,
            Trim = known.Trim,
        },
    ];

    public ValueTask Apply(IReadOnlyList<LedgerRow> rows, long upTo, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            var fact = row.Voided ?? row;
            if (fact.Verb is not (Verb.Block or Verb.Unblock))
                continue;
            known.Remove(fact.Actor ?? 0);
            known.Remove(fact.ObjectId);
        }

        return ValueTask.CompletedTask;
    }

    /// <returns>The integer ids of those whom the caller is apart from.</returns>
    public ValueTask<long[]> Of(Caller caller, CancellationToken ct)
    {
        if (caller.IsModerator || caller.UserId == 0)
            return new([]);
        return known.Get(caller.UserId) is { } people ? new(people) : new(Read(caller.UserId, ct));
    }

    /// <summary>Fails with 404 where the post or comment, or the post that it hangs under, is by one of them.</summary>
    public async ValueTask Check(Caller caller, ObjectKind kind, long id, CancellationToken ct)
    {
        var people = await Of(caller, ct);
        if (people.Length == 0)
            return;
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(WrittenSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<bool> { TypedValue = kind == ObjectKind.Post },
                new NpgsqlParameter<long> { TypedValue = id },
                new NpgsqlParameter<long[]> { TypedValue = people },
            },
        };
        if (await command.ExecuteScalarAsync(ct) is true)
            throw Failure.NotFound();
    }

    private async Task<long[]> Read(long user, CancellationToken ct)
    {
        var version = known.Version(user);
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(Sql, db) { Parameters = { new NpgsqlParameter<long> { TypedValue = user } } };
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<long>();
        while (await rows.ReadAsync(ct))
            found.Add(rows.GetInt64(0));
        long[] people = [.. found];
        known.Put(user, people, version);
        return people;
    }
}
