using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Hearth.Platform;

/// <summary>Words a failure in the dialect of the route.</summary>
internal static class FailureWriter
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = Json.Options.Encoder };

    private static readonly Dictionary<string, string> Nothing = [];

    public static Task Write(HttpContext http, Failure failure)
    {
        if (failure.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = Seconds(wait).ToString(CultureInfo.InvariantCulture);
        return Write(http, StatusOf(failure.Kind), failure.Message, failure.Fields, null, failure.More);
    }

    /// <summary>An answer for a status that something below set without a body: no route, wrong method.</summary>
    public static Task Write(HttpContext http, int status) => Write(http, status, MessageOf(http, status), null, null);

    /// <summary>Our own fault. The text says which part failed and under which id the log has it, never how.</summary>
    public static Task WriteError(HttpContext http, string category) =>
        Write(http, StatusCodes.Status500InternalServerError, "Internal server error. Please try again later.", null, category);

    /// <summary>Whole seconds to wait, at least one.</summary>
    public static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));

    public static int StatusOf(FailureKind kind) => kind switch
    {
        FailureKind.NotFound => StatusCodes.Status404NotFound,
        FailureKind.Forbidden => StatusCodes.Status403Forbidden,
        FailureKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        FailureKind.Conflict => StatusCodes.Status409Conflict,
        FailureKind.Invalid => StatusCodes.Status400BadRequest,
        FailureKind.Limited => StatusCodes.Status429TooManyRequests,
        FailureKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        FailureKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        FailureKind.UnsupportedMedia => StatusCodes.Status415UnsupportedMediaType,
        FailureKind.Unprocessable => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static string MessageOf(HttpContext http, int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Authentication credentials were not provided.",
        StatusCodes.Status403Forbidden => "You do not have permission to perform this action.",
        StatusCodes.Status404NotFound => "Not found.",
        StatusCodes.Status405MethodNotAllowed => $"Method \"{http.Request.Method}\" not allowed.",
        StatusCodes.Status413PayloadTooLarge => "The request is too large.",
        StatusCodes.Status415UnsupportedMediaType => "Unsupported media type in request.",
        StatusCodes.Status416RangeNotSatisfiable => "The range is not within the file.",
        _ => ReasonPhrases.GetReasonPhrase(status) + ".",
    };

    private static async Task Write(
        HttpContext http, int status, string message, IReadOnlyDictionary<string, string[]>? fields, string? category, IReadOnlyDictionary<string, string>? more = null)
    {
        var response = http.Response;
        var dialect = http.RouteDialect();
        response.StatusCode = status;
        response.ContentType = dialect == Dialect.Problem ? "application/problem+json" : "application/json; charset=utf-8";
        if (status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        var buffer = new ArrayBufferWriter<byte>(256);
        await using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            Members(json, dialect, status, message, fields);
            foreach (var (name, text) in more ?? Nothing)
                json.WriteString(name, text);
            if (category is not null)
            {
                json.WriteString(dialect == Dialect.Messaging ? "error" : "category", category);
                json.WriteString(dialect == Dialect.Nest ? "requestId" : "request_id", http.TraceIdentifier);
            }

            json.WriteEndObject();
        }

        response.ContentLength = buffer.WrittenCount;
        await response.Body.WriteAsync(buffer.WrittenMemory, http.RequestAborted);
    }

    private static void Members(
        Utf8JsonWriter json, Dialect dialect, int status, string message, IReadOnlyDictionary<string, string[]>? fields)
    {
        switch (dialect)
        {
            case Dialect.Drf when fields is not null:
                Lists(json, fields);
                break;
            case Dialect.Drf:
            case Dialect.Messaging when status == StatusCodes.Status401Unauthorized:
                json.WriteString("detail", message);
                break;
            case Dialect.Messaging:
                Messaging(json, status, message, fields);
                break;
            case Dialect.Nest:
                Nest(json, status, message, fields);
                break;
            default:
                Problem(json, status, message, fields);
                break;
        }
    }

    private static void Messaging(Utf8JsonWriter json, int status, string message, IReadOnlyDictionary<string, string[]>? fields)
    {
        json.WriteBoolean("success", false);
        json.WriteString("message", fields is null ? message : Named(fields.First().Key, fields.First().Value[0]));
        if (status == StatusCodes.Status429TooManyRequests)
            json.WriteString("detail", message);
        Errors(json, fields);
    }

    private static void Nest(Utf8JsonWriter json, int status, string message, IReadOnlyDictionary<string, string[]>? fields)
    {
        json.WriteNumber("statusCode", status);
        json.WriteStartArray("message");
        if (fields is null)
        {
            json.WriteStringValue(message);
        }
        else
        {
            foreach (var (field, messages) in fields)
            {
                foreach (var text in messages)
                    json.WriteStringValue(Named(field, text));
            }
        }

        json.WriteEndArray();
        json.WriteString("error", ReasonPhrases.GetReasonPhrase(status));
    }

    private static void Problem(Utf8JsonWriter json, int status, string message, IReadOnlyDictionary<string, string[]>? fields)
    {
        json.WriteString("type", "about:blank");
        json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
        json.WriteNumber("status", status);
        json.WriteString("detail", fields is null ? message : Named(fields.First().Key, fields.First().Value[0]));
        Errors(json, fields);
    }

    private static void Errors(Utf8JsonWriter json, IReadOnlyDictionary<string, string[]>? fields)
    {
        if (fields is null)
            return;
        json.WriteStartObject("errors");
        Lists(json, fields);
        json.WriteEndObject();
    }

    private static void Lists(Utf8JsonWriter json, IReadOnlyDictionary<string, string[]> fields)
    {
        foreach (var (field, messages) in fields)
        {
            json.WriteStartArray(field);
            foreach (var text in messages)
                json.WriteStringValue(text);
            json.WriteEndArray();
        }
    }

    private static string Named(string field, string text) =>
        text.Contains(field, StringComparison.Ordinal) ? text : $"{field}: {text}";
}
