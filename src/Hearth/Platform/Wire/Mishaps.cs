using System.Net.Sockets;
using Npgsql;

namespace Hearth.Platform;

/// <summary>What an exception means for the caller: a failure of the closed vocabulary, or nothing, which is our own fault.</summary>
internal static class Mishaps
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public static Failure? AsFailure(Exception exception, HttpContext http) => exception switch
    {
        Failure failure => failure,
        BadHttpRequestException bad => Bad(bad, http),
        PostgresException postgres => OfState(postgres.SqlState),
        NpgsqlException npgsql when npgsql.IsTransient || npgsql.InnerException is TimeoutException or SocketException or IOException =>
            Busy(),
        // A form that is none: no boundary, a broken part.
        InvalidDataException => Failure.Malformed("The form is malformed."),
        TimeoutException => Busy(),
        _ => null,
    };

    /// <returns>The word that a 500 and the log share.</returns>
    public static string Category(Exception exception) => exception switch
    {
        NpgsqlException => "database",
        IOException => "storage",
        _ => "internal",
    };

    private static Failure Busy() => Failure.Unavailable("The server is busy. Please try again.", Soon);

    private static Failure? OfState(string state) => state switch
    {
        // Lost to another transaction, or the database is going away or full: the same request may well succeed.
        "40001" or "40P01" or "55P03" or "57014" or "57P01" or "57P02" or "57P03" or "53300" or "25P03" => Busy(),
        // Guards name these before; what still arrives here lost a race.
        "23505" => Failure.Conflict("This was just done by another request."),
        "23503" => Failure.NotFound(),
        // Data that no column of ours can hold, which only a request can bring.
        _ when state.StartsWith("22", StringComparison.Ordinal) => Failure.Malformed("A value of the request is out of range."),
        _ => null,
    };

    private static Failure Bad(BadHttpRequestException bad, HttpContext http)
    {
        switch (bad.StatusCode)
        {
            case StatusCodes.Status413PayloadTooLarge:
                return Failure.TooLarge("The request is too large.");
            case StatusCodes.Status415UnsupportedMediaType:
                return new Failure(FailureKind.UnsupportedMedia, "Unsupported media type in request.");
            default:
                // "Failed to bind parameter "int days" from "x"." and "Required parameter "string q" was not provided from query string."
                var parts = bad.Message.Split('"');
                if (parts.Length < 3)
                    return Failure.Malformed("The request is malformed.");
                var name = parts[1][(parts[1].LastIndexOf(' ') + 1)..];
                return http.Request.RouteValues.ContainsKey(name) ? Failure.NotFound() : Failure.Invalid(name, "A valid value is required.");
        }
    }
}
