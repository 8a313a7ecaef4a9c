using System.Buffers;

namespace Hearth.Platform;

/// <summary>
/// Reads a JSON body into a record. A malformed body, a wrong type, a null or a missing value where the record's
/// constructor takes neither is a 400 that names the JSON field; unknown fields are ignored.
/// </summary>
internal static class Body
{
    /// <summary>Enough for any text of the contracts; routes that take lists name their own.</summary>
    public const int Most = 1024 * 1024;

    public static async Task<T> Read<T>(HttpContext http, int most = Most)
        where T : class
    {
        MustBeJson(http.Request);
        return await Buffered(http, most, static bytes => JsonBody.Parse<T>(bytes));
    }

    /// <returns>The body, or null where the request has none.</returns>
    public static async Task<T?> ReadOptional<T>(HttpContext http, int most = Most)
        where T : class =>
        IsEmpty(http.Request) ? null : await Read<T>(http, most);

    /// <summary>The raw bytes, for bodies that are signed or are no JSON.</summary>
    public static Task<byte[]> Bytes(HttpContext http, int most = Most) =>
        Buffered(http, most, static bytes => bytes.ToArray());

    public static T Parse<T>(ReadOnlyMemory<byte> json)
        where T : class =>
        JsonBody.Parse<T>(new ReadOnlySequence<byte>(json));

    private static bool IsEmpty(HttpRequest request) =>
        request.ContentLength is 0 || (request.ContentLength is null && request.Headers.TransferEncoding.Count == 0);

    private static void MustBeJson(HttpRequest request)
    {
        if (request.HasJsonContentType())
            return;
        if (request.ContentType is null && IsEmpty(request))
            throw Failure.Malformed("A JSON body is required.");
        throw new Failure(FailureKind.UnsupportedMedia, "Unsupported media type in request: a JSON body is application/json.");
    }

    private static async Task<TResult> Buffered<TResult>(HttpContext http, int most, Func<ReadOnlySequence<byte>, TResult> use)
    {
        if (http.Request.ContentLength > most)
            throw Failure.TooLarge("The request is too large.");
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > most)
                throw Failure.TooLarge("The request is too large.");
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            try
            {
                return use(read.Buffer);
            }
            finally
            {
                reader.AdvanceTo(read.Buffer.End);
            }
        }
    }
}
