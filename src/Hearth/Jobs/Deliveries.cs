using Npgsql;
using NpgsqlTypes;

namespace Hearth.Jobs;

/// <summary>What is to leave the database.</summary>
/// <param name="Key">Names the thing itself (<c>mail:verify:TOKEN</c>): enqueueing it again does nothing.</param>
/// <param name="Channel">An <see cref="IDeliveryChannel.Name"/>.</param>
/// <param name="Payload">JSON for the channel; wiped once it is sent.</param>
/// <param name="DueAt">Null is at once.</param>
internal readonly record struct NewDelivery(string Key, string Channel, string Payload, DateTime? DueAt = null);

/// <summary>
/// Puts what leaves the database into the table that <see cref="DeliveryWorker"/> works off, in the caller's own
/// transaction: it is sent when that commits, and never when it does not.
/// </summary>
internal static class Deliveries
{
    private const string EnqueueSql =
        """
        -- deliveries.enqueue
        insert into deliveries (key, channel, payload, due_at)
        select d.key, d.channel, d.payload::jsonb, coalesce(d.due_at, now())
          from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as d (key, channel, payload, due_at)
        on conflict (key) do nothing
        """;

    private const string CancelSql =
        """
        -- deliveries.cancel
        update deliveries set state = 'cancelled', payload = '{}' where key = $1 and state = 'pending'
        """;

    // Those that were sent are empty already.
    private const string ForgetSql =
        """
        -- deliveries.forget
        delete from deliveries
         where state in ('pending', 'sending', 'dead', 'cancelled')
           and (coalesce(payload ->> 'User', payload ->> 'user') = $1::text
             or lower(coalesce(payload ->> 'To', payload ->> 'to')) = lower($2))
        """;

    /// <returns>Whether it is new: false when its key was enqueued before.</returns>
    public static async Task<bool> Enqueue(NpgsqlConnection db, NewDelivery delivery, CancellationToken ct = default) =>
        await Enqueue(db, [delivery], ct) == 1;

    /// <inheritdoc cref="Enqueue(NpgsqlConnection, NewDelivery, CancellationToken)"/>
    public static Task<bool> Enqueue(NpgsqlConnection db, string key, string channel, string payload, DateTime? dueAt = null, CancellationToken ct = default) =>
        Enqueue(db, new NewDelivery(key, channel, payload, dueAt), ct);

    /// <returns>How many of them are new.</returns>
    public static async Task<int> Enqueue(NpgsqlConnection db, IReadOnlyCollection<NewDelivery> deliveries, CancellationToken ct = default)
    {
        if (deliveries.Count == 0)
            return 0;
        await using var command = new NpgsqlCommand(EnqueueSql, db);
        Add(NpgsqlDbType.Text, deliveries.Select(d => d.Key));
        Add(NpgsqlDbType.Text, deliveries.Select(d => d.Channel));
        Add(NpgsqlDbType.Text, deliveries.Select(d => d.Payload));
        Add(NpgsqlDbType.TimestampTz, deliveries.Select(d => d.DueAt));
        return await command.ExecuteNonQueryAsync(ct);

        void Add<T>(NpgsqlDbType type, IEnumerable<T> values) =>
            command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    /// <summary>Removes what is on its way to a person, by their number or address.</summary>
    public static async Task<int> Forget(NpgsqlConnection db, long user, string? address, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ForgetSql, db)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = user }, new NpgsqlParameter<string?> { TypedValue = address, NpgsqlDbType = NpgsqlDbType.Text } },
        };
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Takes back what was not begun.</summary>
    public static async Task<bool> Cancel(NpgsqlConnection db, string key, CancellationToken ct = default)
    {
        await using var command = new NpgsqlCommand(CancelSql, db) { Parameters = { new NpgsqlParameter<string> { TypedValue = key } } };
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }
}

/// <summary>Wakes this node's workers after a commit that enqueued something; a hint, without it they look every second.</summary>
internal sealed class DeliverySignal
{
    private TaskCompletionSource next = New();

    /// <summary>Ends at the next <see cref="Raise"/>; taken before looking, so that nothing falls between.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Raise() => Interlocked.Exchange(ref next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
