using Npgsql;

namespace Hearth.Jobs;

/// <summary>
/// The worker's statements. Times are the database's: nodes whose clocks differ must agree on when a lease ends.
/// A leased row's <c>due_at</c> is the end of its lease, so what a dead node left comes up again by itself.
/// </summary>
internal static class DeliveryStore
{
    private const string LeaseSql =
        """
        -- deliveries.lease
        with due as (
          select id, state from deliveries
           where channel = $1 and state in ('pending', 'sending') and due_at <= now()
           order by due_at, id
           limit $2
             for update skip locked)
        update deliveries d
           set state = 'sending', attempts = d.attempts + 1, due_at = now() + $3, leased_until = now() + $3
          from due
         where d.id = due.id
        returning d.id, d.key, d.payload::text, d.attempts, due.state = 'sending'
        """;

    // The attempt is part of each condition: a node whose lease ran out no longer decides.
    private const string SentSql =
        """
        -- deliveries.sent
        update deliveries set state = 'sent', sent_at = now(), leased_until = null, last_error = null, payload = '{}'
         where id = $1 and attempts = $2 and state = 'sending'
        """;

    private const string LaterSql =
        """
        -- deliveries.later
        update deliveries set state = 'pending', due_at = now() + $3, leased_until = null, last_error = $4, attempts = attempts - $5
         where id = $1 and attempts = $2 and state = 'sending'
        """;

    private const string DeadSql =
        """
        -- deliveries.dead
        update deliveries set state = 'dead', due_at = now(), leased_until = null, last_error = $3
         where id = $1 and attempts = $2 and state = 'sending'
        """;

    private const string RetrySql =
        """
        -- deliveries.retry
        update deliveries set state = 'pending', attempts = 0, due_at = now() where id = $1 and state in ('dead', 'pending')
        """;

    private const string SweepSql =
        """
        -- deliveries.sweep
        delete from deliveries
         where id in (select id from deliveries where state = 'sent' and sent_at < now() - make_interval(days => $2) limit $1)
            or id in (select id from deliveries where state in ('dead', 'cancelled') and due_at < now() - make_interval(days => $2) limit $1)
        """;

    /// <summary>For how many days deliveries that ended are kept, where nothing else is said.</summary>
    public const int Kept = 30;

    public static async Task<List<Delivery>> Lease(NpgsqlConnection db, string channel, int limit, TimeSpan lease, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(LeaseSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = channel },
                new NpgsqlParameter<int> { TypedValue = limit },
                new NpgsqlParameter<TimeSpan> { TypedValue = lease },
            },
        };
        var leased = new List<Delivery>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            leased.Add(new(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3), reader.GetBoolean(4)));
        leased.Sort((a, b) => a.Id.CompareTo(b.Id));
        return leased;
    }

    public static Task Sent(NpgsqlConnection db, Delivery delivery) => Mark(db, SentSql, delivery);

    /// <param name="wait">How long until it is due again.</param>
    /// <param name="counts">Whether the attempt counts.</param>
    public static Task Later(NpgsqlConnection db, Delivery delivery, TimeSpan wait, string reason, bool counts) =>
        Mark(db, LaterSql, delivery, new NpgsqlParameter<TimeSpan> { TypedValue = wait }, Text(reason), new NpgsqlParameter<int> { TypedValue = counts ? 0 : 1 });

    public static Task Dead(NpgsqlConnection db, Delivery delivery, string reason) => Mark(db, DeadSql, delivery, Text(reason));

    /// <summary>Makes one due now, with all its attempts anew.</summary>
    /// <returns>False where it is sent, taken back, or under way.</returns>
    public static async Task<bool> Retry(NpgsqlConnection db, long id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(RetrySql, db) { Parameters = { new NpgsqlParameter<long> { TypedValue = id } } };
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Removes what ended so many days ago; at most <paramref name="limit"/> of each kind.</summary>
    public static async Task<int> Sweep(NpgsqlConnection db, int limit, CancellationToken ct, int days = Kept)
    {
        await using var command = new NpgsqlCommand(SweepSql, db)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = limit }, new NpgsqlParameter<int> { TypedValue = days } },
        };
        return await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task Mark(NpgsqlConnection db, string sql, Delivery delivery, params NpgsqlParameter[] more)
    {
        await using var command = new NpgsqlCommand(sql, db)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = delivery.Id }, new NpgsqlParameter<int> { TypedValue = delivery.Attempt } },
        };
        command.Parameters.AddRange(more);
        // No token: an attempt was made, and forgetting it would make it twice.
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static NpgsqlParameter<string> Text(string reason) => new() { TypedValue = reason.Length > 500 ? reason[..500] : reason };
}
