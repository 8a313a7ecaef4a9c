namespace Hearth.Platform;

/// <summary>The closed vocabulary of what can go wrong for a caller; each wire dialect words it in its own way.</summary>
internal enum FailureKind
{
    NotFound,
    Forbidden,
    Unauthenticated,
    Conflict,
    Invalid,
    Limited,
    Unavailable,
    TooLarge,
    UnsupportedMedia,
    Unprocessable,
}

/// <summary>
/// A request that cannot be done and why; thrown by guards, written by the dialect of the route.
/// <c>Fields</c> names each wrong field of a body or query with its messages.
/// </summary>
internal sealed class Failure(FailureKind kind, string message, IReadOnlyDictionary<string, string[]>? fields = null) : Exception(message)
{
    public FailureKind Kind { get; } = kind;

    public IReadOnlyDictionary<string, string[]>? Fields { get; } = fields;

    /// <summary>What the answer says besides, each as a text of its own.</summary>
    public IReadOnlyDictionary<string, string>? More { get; init; }

    /// <summary>How long to wait, for <see cref="FailureKind.Limited"/> and <see cref="FailureKind.Unavailable"/>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Failure NotFound(string message = "Not found.") => new(FailureKind.NotFound, message);

    public static Failure Forbidden(string message = "You do not have permission to perform this action.") =>
        new(FailureKind.Forbidden, message);

    public static Failure Unauthenticated(string message = "Authentication credentials were not provided.") =>
        new(FailureKind.Unauthenticated, message);

    public static Failure Conflict(string message) => new(FailureKind.Conflict, message);

    public static Failure Invalid(string field, string message) =>
        new(FailureKind.Invalid, message, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });

    public static Failure Invalid(IReadOnlyDictionary<string, string[]> fields) =>
        new(FailureKind.Invalid, fields.First().Value[0], fields);

    /// <summary>A wrong request whose message belongs to no field, such as a body that is not JSON.</summary>
    public static Failure Malformed(string message) => new(FailureKind.Invalid, message);

    public static Failure Unavailable(string message, TimeSpan retryAfter) =>
        new(FailureKind.Unavailable, message) { RetryAfter = retryAfter };

    public static Failure TooLarge(string message) => new(FailureKind.TooLarge, message);
}
