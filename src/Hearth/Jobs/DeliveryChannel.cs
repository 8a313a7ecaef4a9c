namespace Hearth.Jobs;

/// <summary>One way out of the database: mail, web push, webhooks. The worker hands it what is due.</summary>
internal interface IDeliveryChannel
{
    /// <summary>The name that <see cref="Deliveries.Enqueue(Npgsql.NpgsqlConnection, NewDelivery, CancellationToken)"/> is given.</summary>
    string Name { get; }

    /// <summary>How many deliveries one node sends at the same time.</summary>
    int AtOnce { get; }

    /// <summary>
    /// Sends one. A throw is a failure that is tried again. The token ends after <see cref="DeliveryWorker.SendLimit"/>:
    /// a send that outlives its lease would be sent by another node too.
    /// </summary>
    Task<Outcome> Send(Delivery delivery, CancellationToken ct);
}

/// <summary>A row that is leased to this node.</summary>
/// <param name="Key">The same at every attempt: whoever receives it can tell a repeat from a new one.</param>
/// <param name="Payload">JSON, as it was enqueued.</param>
/// <param name="Attempt">1 at the first.</param>
/// <param name="OutcomeUnknown">An earlier attempt ended without an answer (a crash): it may have arrived.</param>
internal sealed record Delivery(long Id, string Key, string Payload, int Attempt, bool OutcomeUnknown);

/// <summary>How an attempt went.</summary>
internal sealed record Outcome
{
    private Outcome()
    {
    }

    public static Outcome Sent { get; } = new();

    public string? Reason { get; private init; }

    /// <summary>Trying again is of no use.</summary>
    public bool IsFinal { get; private init; }

    /// <summary>When to try again; null leaves it to the backoff.</summary>
    public TimeSpan? After { get; private init; }

    /// <summary>Whether it counts towards the attempts after which a delivery is given up.</summary>
    public bool Counts { get; private init; }

    /// <summary>It failed and may succeed later.</summary>
    public static Outcome Retry(string reason, TimeSpan? after = null) => new() { Reason = reason, After = after, Counts = true };

    /// <summary>It was not tried: a rate limit, say. Does not count as an attempt.</summary>
    public static Outcome Later(string reason, TimeSpan after) => new() { Reason = reason, After = after };

    /// <summary>It failed for good: an address that does not exist.</summary>
    public static Outcome Dead(string reason) => new() { Reason = reason, IsFinal = true };
}
