using Npgsql;

namespace Hearth.Features.Engagement.Metrics;

/// <summary>How many accounts there are: those with old ids are counted now and then, the newest each time.</summary>
internal sealed class UserCount
{
    private const string CountSql =
        """
        -- engagement.users.count
        select (select count(*) from users where id <= l.id), l.id from (select greatest(0, coalesce(max(id), 0) - 1000) as id from users) l
        """;

    private const string NewSql =
        """
        -- engagement.users.count_new
        select count(*) from users where id > $1
        """;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private Counted? old;

    public async Task<long> Read(NpgsqlConnection db, TimeProvider time, CancellationToken ct)
    {
        if (old is not { } counted || time.GetElapsedTime(counted.At) > Lifetime)
            old = counted = await Count(db, time, ct);
        return counted.UpTo + await Newer(db, counted.LastId, ct);
    }

    /// <summary>
    /// A thousand ids are left to be counted each time: a transaction may still hold one that is lower than another's. One statement: whoever
    /// came between two would be missing until the next count.
    /// </summary>
    private static async Task<Counted> Count(NpgsqlConnection db, TimeProvider time, CancellationToken ct)
    {
        var at = time.GetTimestamp();
        await using var command = new NpgsqlCommand(CountSql, db);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return new Counted(row.GetInt64(0), row.GetInt64(1), at);
    }

    private static async Task<long> Newer(NpgsqlConnection db, long last, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(NewSql, db) { Parameters = { new NpgsqlParameter<long> { TypedValue = last } } };
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private sealed record Counted(long UpTo, long LastId, long At);
}
