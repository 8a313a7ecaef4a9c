namespace Hearth.Platform;

/// <summary>
/// A finished answer: status and bytes. It is made before the commit, so that the transaction can keep it for a repeat
/// with the same Idempotency-Key.
/// </summary>
internal sealed record Answer(int Status, byte[] Body) : IResult
{
    private static readonly byte[] Nothing = [];

    public string ContentType { get; init; } = "application/json; charset=utf-8";

    public string? Location { get; init; }

    public static Answer Ok<T>(T body) => new(StatusCodes.Status200OK, Json.Bytes(body));

    public static Answer Created<T>(T body) => new(StatusCodes.Status201Created, Json.Bytes(body));

    public static Answer Of<T>(int status, T body) => new(status, Json.Bytes(body));

    public static Answer NoContent { get; } = new(StatusCodes.Status204NoContent, Nothing);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (Location is not null)
            response.Headers.Location = Location;
        if (Body.Length == 0)
            return Task.CompletedTask;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        return response.Body.WriteAsync(Body, httpContext.RequestAborted).AsTask();
    }
}
