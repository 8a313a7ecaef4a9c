using System.Diagnostics;
using Npgsql;

namespace Hearth.Platform;

/// <summary>
/// The outermost middleware, before routing: headers that every answer carries, one form of each path, and the
/// wording of whatever goes wrong inside.
/// </summary>
internal sealed partial class FrontDoor(RequestDelegate next, Cors cors, RouteMetrics metrics, ILogger<FrontDoor> log)
{
    public async Task Invoke(HttpContext http)
    {
        var started = Stopwatch.GetTimestamp();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["X-Request-Id"] = http.TraceIdentifier;
        if (cors.Apply(http))
            return;
        OneForm(http);
        if (Array.Exists(Secretive, prefix => http.Request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase)))
            http.Response.Headers.CacheControl = "no-store";
        try
        {
            RefuseNullCharacters(http.Request);
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
                await Bare(http);
        }
        catch (Exception mishap)
        {
            await Answer(http, mishap);
        }

        var took = Stopwatch.GetElapsedTime(started);
        metrics.Record(http, took);
        if (log.IsEnabled(LogLevel.Debug) || took > Slow)
            Report(http, took);
    }

    // Answers that hold tokens stay in no cache.
    private static readonly PathString[] Secretive = ["/api/auth", "/api/admin"];

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>Routes are mapped without a trailing slash, and for GET alone where HEAD answers the same without a body.</summary>
    private static void OneForm(HttpContext http)
    {
        var request = http.Request;
        if (request.Path.Value is { Length: > 1 } path && path[^1] == '/')
            request.Path = new PathString(path.TrimEnd('/') is { Length: > 0 } rest ? rest : "/");
        if (!HttpMethods.IsHead(request.Method))
            return;
        http.Features.Set(HeadRequest.Instance);
        request.Method = HttpMethods.Get;
    }

    /// <summary>Routing answers an unknown path and a wrong method without a body.</summary>
    private static Task Bare(HttpContext http)
    {
        var allow = http.Response.Headers.Allow.ToString();
        if (allow.Contains("GET", StringComparison.Ordinal) && !allow.Contains("HEAD", StringComparison.Ordinal))
            http.Response.Headers.Allow = allow + ", HEAD";
        return FailureWriter.Write(http, http.Response.StatusCode);
    }

    private static void RefuseNullCharacters(HttpRequest request)
    {
        if (request.QueryString.Value is not { Length: > 0 } query || !query.Contains("%00", StringComparison.Ordinal))
            return;
        foreach (var (name, values) in request.Query)
        {
            if (values.ToString().Contains('\0'))
                throw Failure.Invalid(name, "Null characters are not allowed.");
        }
    }

    private async Task Answer(HttpContext http, Exception mishap)
    {
        if (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }

        if (http.Response.HasStarted)
        {
            LogBroken(mishap, http.Request.Method, http.Request.Path, http.TraceIdentifier);
            http.Abort();
            return;
        }

        if (mishap is Repeated repeated)
        {
            await repeated.Answer.ExecuteAsync(http);
            return;
        }

        Forget(http.Response);
        if (Mishaps.AsFailure(mishap, http) is { } failure)
            await Answer(http, mishap, failure);
        else
            await Fault(http, mishap);
    }

    private Task Answer(HttpContext http, Exception mishap, Failure failure)
    {
        if (mishap is NpgsqlException)
            LogRefused(mishap, http.Request.Method, http.Request.Path, http.TraceIdentifier);
        return FailureWriter.Write(http, failure);
    }

    private Task Fault(HttpContext http, Exception mishap)
    {
        LogFault(mishap, http.Request.Method, http.Request.Path, http.TraceIdentifier);
        return FailureWriter.WriteError(http, Mishaps.Category(mishap));
    }

    /// <summary>What a handler had said about the body that it did not get to write.</summary>
    private static void Forget(HttpResponse response)
    {
        response.ContentLength = null;
        response.ContentType = null;
        response.Headers.ContentDisposition = default;
        response.Headers.ETag = default;
        response.Headers.LastModified = default;
        response.Headers.Remove("Ledger-Position");
        response.Headers.Remove("Cache-Control");
    }

    private void Report(HttpContext http, TimeSpan took)
    {
        // A socket lives as long as its client likes.
        var level = took > Slow && http.Response.StatusCode != StatusCodes.Status101SwitchingProtocols ? LogLevel.Warning : LogLevel.Debug;
        LogRequest(
            level, http.Request.Method, http.Request.Path, http.Response.StatusCode, took.TotalMilliseconds,
            http.CallerOrNone()?.UserId ?? 0, http.TraceIdentifier);
    }

    [LoggerMessage(Message = "{Method} {Path} answered {Status} in {Milliseconds:0.0} ms for user {User} (request {RequestId}).")]
    private partial void LogRequest(LogLevel level, string method, string path, int status, double milliseconds, long user, string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed (request {RequestId}).")]
    private partial void LogFault(Exception mishap, string method, string path, string requestId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database refused {Method} {Path} (request {RequestId}).")]
    private partial void LogRefused(Exception mishap, string method, string path, string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} broke off in the middle of its answer (request {RequestId}).")]
    private partial void LogBroken(Exception mishap, string method, string path, string requestId);
}

/// <summary>Marks a HEAD request, which routing sees as a GET; what a GET tracks is not tracked then.</summary>
internal sealed class HeadRequest
{
    public static readonly HeadRequest Instance = new();

    private HeadRequest()
    {
    }
}

internal static class HeadRequests
{
    public static bool IsHead(this HttpContext http) => http.Features.Get<HeadRequest>() is not null;
}
