using Hearth.Platform;

namespace Hearth.Features.Messaging;

/// <summary>What every answer of messaging lies in.</summary>
/// <param name="Success">Always true here; failures have a form of their own.</param>
/// <param name="Data">The answer itself.</param>
internal sealed record Envelope<T>(bool Success, T Data);

internal static class Envelope
{
    public static Answer Ok<T>(T data) => Answer.Ok(new Envelope<T>(true, data));

    public static Answer Created<T>(T data) => Answer.Created(new Envelope<T>(true, data));

    public static Answer Accepted<T>(T data) => Answer.Of(StatusCodes.Status202Accepted, new Envelope<T>(true, data));
}
