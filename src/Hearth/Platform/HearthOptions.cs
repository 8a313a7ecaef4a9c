using System.Globalization;

namespace Hearth.Platform;

/// <summary>
/// What the environment says: planner.md's names where it names one, and Hearth's own. Read once at start;
/// a value that cannot be is a <see cref="StartFailure"/> that names it.
/// </summary>
internal sealed record HearthOptions
{
    /// <summary>In production a missing secret stops the start; <c>make run</c> sets <c>development</c>.</summary>
    public bool IsProduction { get; init; } = true;

    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 8080;

    /// <summary>Where media, mails and the private database live.</summary>
    public string DataDir { get; init; } = "data";

    /// <summary>A PostgreSQL of the operator's; without it Hearth starts its own.</summary>
    public string? DatabaseUrl { get; init; }

    /// <summary>A folder with PostgreSQL's binaries, looked in first.</summary>
    public string? PostgresBin { get; init; }

    /// <summary>The address that links carry, without a trailing slash. Never the Host header.</summary>
    public string PublicUrl { get; init; } = "http://localhost:8080";

    public string FrontendUrl { get; init; } = "http://localhost:8080";

    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Signs access tokens; at least 32 bytes in production. In development one is kept in the data directory.</summary>
    public string? JwtSecret { get; init; }

    /// <summary>The secret before, while it is being changed: what it signed holds until it ends.</summary>
    public string? JwtPreviousSecret { get; init; }

    public string? AdminEmail { get; init; }

    public string? AdminPassword { get; init; }

    /// <summary>0 turns limits off; 100 makes each a hundred times as large.</summary>
    public double RateLimitFactor { get; init; } = 1;

    public bool Demo { get; init; }

    public bool AllowPrivateTargets { get; init; }

    public string? SmtpServer { get; init; }

    public int SmtpPort { get; init; } = 587;

    public string? SmtpUsername { get; init; }

    public string? SmtpPassword { get; init; }

    public string FromEmail { get; init; } = "hearth@localhost";

    public string FromName { get; init; } = "Hearth";

    public bool EnableBatchProcessing { get; init; } = true;

    /// <summary>How long interactions are kept; null keeps them for good.</summary>
    public int? InteractionRetentionDays { get; init; }

    /// <summary>Variables that other deployments need and Hearth does not; said once in the log.</summary>
    public IReadOnlyList<string> AcceptedUnneeded { get; init; } = [];

    public static HearthOptions From(IConfiguration env)
    {
        var port = Number(env, "PORT", 8080, 0, 65535);
        var host = Text(env, "HOST") ?? (Switch(env, "DEMO", false) ? "127.0.0.1" : "0.0.0.0");
        var publicUrl = Url(env, "PUBLIC_URL") ?? $"http://localhost:{port.ToString(CultureInfo.InvariantCulture)}";
        var frontendUrl = Url(env, "FRONTEND_URL") ?? publicUrl;
        return new HearthOptions
        {
            IsProduction = !string.Equals(Text(env, "HEARTH_ENV") ?? "production", "development", StringComparison.OrdinalIgnoreCase),
            Host = host,
            Port = port,
            DataDir = Path.GetFullPath(Text(env, "DATA_DIR") ?? "data"),
            DatabaseUrl = Text(env, "DATABASE_URL"),
            PostgresBin = Text(env, "POSTGRES_BIN"),
            PublicUrl = publicUrl,
            FrontendUrl = frontendUrl,
            CorsOrigins = Text(env, "CORS_ORIGINS") is { } origins ? List(origins) : [new Uri(frontendUrl).GetLeftPart(UriPartial.Authority)],
            TrustedProxies = List(Text(env, "TRUSTED_PROXIES")),
            JwtSecret = Text(env, "JWT_SECRET_KEY"),
            JwtPreviousSecret = Text(env, "JWT_SECRET_KEY_PREVIOUS"),
            AdminEmail = Text(env, "ADMIN_EMAIL"),
            AdminPassword = Text(env, "ADMIN_PASSWORD"),
            RateLimitFactor = Factor(Text(env, "RATE_LIMITS")),
            Demo = Switch(env, "DEMO", false),
            AllowPrivateTargets = Switch(env, "ALLOW_PRIVATE_TARGETS", false),
            SmtpServer = Text(env, "SMTP_SERVER"),
            SmtpPort = Number(env, "SMTP_PORT", 587, 1, 65535),
            SmtpUsername = Text(env, "SMTP_USERNAME"),
            SmtpPassword = Text(env, "SMTP_PASSWORD"),
            FromEmail = Text(env, "FROM_EMAIL") ?? "hearth@localhost",
            FromName = Text(env, "FROM_NAME") ?? "Hearth",
            EnableBatchProcessing = Switch(env, "ENABLE_BATCH_PROCESSING", true),
            InteractionRetentionDays = Text(env, "INTERACTION_RETENTION_DAYS") is null ? null : Number(env, "INTERACTION_RETENTION_DAYS", 0, 31, 36_500),
            AcceptedUnneeded = [.. new[] { "WEBSOCKET_SECRET_KEY", "MONGO_URI", "REDIS_URL" }.Where(name => Text(env, name) is not null)],
        };
    }

    private static string? Text(IConfiguration env, string name) => env[name] is { Length: > 0 } value ? value.Trim() : null;

    private static List<string> List(string? text) =>
        [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(item => item.TrimEnd('/'))];

    private static int Number(IConfiguration env, string name, int otherwise, int least, int most)
    {
        if (Text(env, name) is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new StartFailure($"{name} must be a number from {least} to {most}, and is \"{text}\".");
    }

    private static bool Switch(IConfiguration env, string name, bool otherwise) =>
        Text(env, name)?.ToLowerInvariant() switch
        {
            null => otherwise,
            "on" or "true" or "1" or "yes" => true,
            "off" or "false" or "0" or "no" => false,
            var other => throw new StartFailure($"{name} must be on or off, and is \"{other}\"."),
        };

    private static string? Url(IConfiguration env, string name)
    {
        if (Text(env, name) is not { } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https")
            ? text.TrimEnd('/')
            : throw new StartFailure($"{name} must be an http or https address, and is \"{text}\".");
    }

    private static double Factor(string? text)
    {
        switch (text?.ToLowerInvariant())
        {
            case null or "on":
                return 1;
            case "off":
                return 0;
            default:
                return text.StartsWith('x') && double.TryParse(text.AsSpan(1), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor > 0
                    ? factor
                    : throw new StartFailure($"RATE_LIMITS must be on, off or a factor such as x100, and is \"{text}\".");
        }
    }
}

/// <summary>Why the server cannot start, in one sentence for the operator.</summary>
internal sealed class StartFailure(string message, Exception? inner = null) : Exception(message, inner);
