namespace Hearth.Platform;

/// <summary>
/// A request's <c>Idempotency-Key</c> with what it is scoped to: who calls, which route. Set as a request feature
/// by the middleware, stored by the write's own transaction.
/// </summary>
/// <param name="Caller">Who calls: <c>u:ID</c> or <c>s:ID</c>.</param>
/// <param name="Route">Method and path, without the query.</param>
/// <param name="Key">What the client sent, at most 255 characters.</param>
/// <param name="BodyHash">SHA-256 of query and body: a repeat with another is refused.</param>
internal sealed record IdempotencyKey(string Caller, string Route, string Key, byte[] BodyHash);

/// <summary>The stored answer of a first request with the same key; the middleware writes it.</summary>
internal sealed class Repeated(Answer answer, IReadOnlyDictionary<string, string> headers) : Exception("A repeat of an earlier request.")
{
    public Answer Answer => answer;

    public IReadOnlyDictionary<string, string> Headers => headers;
}

/// <summary>Metadata of a route whose answer holds a secret: it is not kept for a repeat.</summary>
internal sealed record SecretAnswer;

internal static class SecretAnswers
{
    public static TBuilder CarriesSecret<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new SecretAnswer());
}
