namespace Hearth.Platform;

/// <summary>The buckets of requests that a caller may spend per minute; the numbers are the contracts'.</summary>
internal enum RateLimit
{
    None,

    /// <summary>100 a minute: reads and what else no number is given for.</summary>
    Reads,

    /// <summary>20 a minute: what makes something new.</summary>
    Creates,

    /// <summary>60 a minute.</summary>
    Reactions,

    /// <summary>600 a minute: tracked interactions and analytics events.</summary>
    Tracking,

    /// <summary>60 a minute: messaging's recent activity.</summary>
    Activity,

    /// <summary>30 a minute: messaging's performance overview.</summary>
    Performance,

    /// <summary>30 a minute: messaging's statistics.</summary>
    Statistics,

    /// <summary>10 a minute, per address and, by the handler, per account: logins and password resets.</summary>
    Logins,

    /// <summary>5 a minute: whole exports.</summary>
    Exports,
}

internal sealed record LimitMetadata(RateLimit Limit);

internal static class RateLimits
{
    /// <summary>The bucket a route spends from; without it reads and changes spend from <see cref="RateLimit.Reads"/>, POSTs from <see cref="RateLimit.Creates"/>.</summary>
    public static TBuilder Limit<TBuilder>(this TBuilder builder, RateLimit limit)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new LimitMetadata(limit));

    public static int PerMinute(RateLimit limit) => limit switch
    {
        RateLimit.Reads => 100,
        RateLimit.Creates => 20,
        RateLimit.Reactions or RateLimit.Activity => 60,
        RateLimit.Tracking => 600,
        RateLimit.Performance or RateLimit.Statistics => 30,
        RateLimit.Logins => 10,
        RateLimit.Exports => 5,
        _ => int.MaxValue,
    };
}
