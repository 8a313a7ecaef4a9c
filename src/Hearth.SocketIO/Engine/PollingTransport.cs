using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Hearth.SocketIO.Engine;

/// <summary>HTTP long-polling: a GET that waits for packets, and POSTs that bring them.</summary>
internal sealed class PollingTransport(EngineServer server)
{
    private const int CompressFrom = 1024;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private static readonly byte[] Ok = "ok"u8.ToArray();

    public async Task Open(HttpContext http)
    {
        var id = SessionId.New();
        SetCookie(http, server.Options, id);
        var options = server.Options;
        var session = server.Open(new Handshake(http, server.Time.GetUtcNow()), outlet: null, id);
        var mayUpgrade = options.AllowUpgrades && options.Transports.HasFlag(Transports.WebSocket);
        await WriteOrClose(http, session, new PollAnswer(OpenPacket.Text(options, id, mayUpgrade)));
    }

    public async Task Poll(HttpContext http, EngineSession session)
    {
        TaskCompletionSource<PollAnswer>? held = null;
        var overlap = false;
        var tries = false;
        var answer = session.Polling(side =>
        {
            if (side is null)
                return PollAnswer.Refused(session.IsWebSocket ? Refusal.BadRequest : Refusal.SessionUnknown);
            overlap = side.IsPolled;
            if (overlap)
                return PollAnswer.Bad;
            if (!side.IsEmpty)
                return new PollAnswer(side.TakeBody());
            tries = side.Candidate is not null;
            held = side.Hold(server.Now + server.Ticks(Moment));
            return default;
        });
        if (overlap)
            session.Close(DisconnectReason.TransportError);
        if (held is not null)
            answer = await Wait(http, session, held, tries);
        await WriteOrClose(http, session, answer);
    }

    public async Task Post(HttpContext http, EngineSession session)
    {
        HttpContext? other = null;
        var begun = session.Polling(side =>
        {
            other = side?.Post;
            if (side is null || other is not null)
                return false;
            side.BeginPost(http);
            return true;
        });
        if (!begun)
        {
            await Overlap(http, session, other);
            return;
        }

        try
        {
            await Receive(http, session);
        }
        finally
        {
            session.EndPost();
        }
    }

    public static void SetCookie(HttpContext http, EngineOptions options, string id)
    {
        if (options.Cookie is { } name)
            http.Response.Headers.Append("Set-Cookie", $"{name}={id}; Path=/; HttpOnly; SameSite=Lax");
    }

    public static async Task Write(HttpContext http, PollAnswer answer, EngineOptions options)
    {
        if (answer.Refusal is { } refusal)
        {
            await refusal.Write(http, upgrade: false);
            return;
        }

        var response = http.Response;
        if (answer.Body is not { } body)
        {
            response.StatusCode = StatusCodes.Status400BadRequest;
            response.ContentLength = 0;
            return;
        }

        response.ContentType = "text/plain; charset=UTF-8";
        response.Headers.CacheControl = "no-store";
        if (options.HttpCompression && body.Length >= CompressFrom)
            body = Compressed(http, body);
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static byte[] Compressed(HttpContext http, byte[] body)
    {
        http.Response.Headers.Append("Vary", "Accept-Encoding");
        if (!Accepts(http.Request.Headers.AcceptEncoding.ToString(), "gzip"))
            return body;
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body);
        http.Response.Headers.ContentEncoding = "gzip";
        return buffer.ToArray();
    }

    private static bool Accepts(string header, string encoding) =>
        header.Split(',', StringSplitOptions.TrimEntries).Any(part =>
            part.StartsWith(encoding, StringComparison.OrdinalIgnoreCase) && !part.Replace(" ", "", StringComparison.Ordinal).EndsWith(";q=0", StringComparison.Ordinal));

    private async Task<PollAnswer> Wait(HttpContext http, EngineSession session, TaskCompletionSource<PollAnswer> held, bool tries)
    {
        await using var gone = http.RequestAborted.UnsafeRegister(_ => Dropped(session, held), null);
        // The message by which the client goes on by WebSocket may be on its way, and this request meant to follow it.
        if (tries && await Task.WhenAny(held.Task, Task.Delay(Moment, server.Time)) != held.Task)
            session.Polling(side => side?.Holds(held) == true && side.Waited());
        return await held.Task;
    }

    /// <summary>The client no longer waits: whatever it would have got is lost to it.</summary>
    private static void Dropped(EngineSession session, TaskCompletionSource<PollAnswer> held)
    {
        if (session.Polling(side => side?.Holds(held) ?? false))
            session.Close(DisconnectReason.TransportClose, silently: true);
        held.TrySetResult(PollAnswer.Bad);
    }

    private async Task WriteOrClose(HttpContext http, EngineSession session, PollAnswer answer)
    {
        try
        {
            // An answer that finds nobody loses packets.
            http.RequestAborted.ThrowIfCancellationRequested();
            await Write(http, answer, server.Options);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            session.Close(DisconnectReason.TransportError, silently: true);
        }
    }

    private static async Task Overlap(HttpContext http, EngineSession session, HttpContext? other)
    {
        if (other is null)
        {
            await (session.IsWebSocket ? Refusal.BadRequest : Refusal.SessionUnknown).Write(http, upgrade: false);
            return;
        }

        session.Close(DisconnectReason.TransportError);
        other.Abort();
        await Answer(http, StatusCodes.Status400BadRequest, []);
    }

    private async Task Receive(HttpContext http, EngineSession session)
    {
        if (http.Request.ContentType?.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase) == true)
        {
            session.PostRead();
            session.Close(DisconnectReason.TransportError, silently: true);
            await Answer(http, StatusCodes.Status400BadRequest, []);
            return;
        }

        using var body = new PostBody(server.Options.MaxHttpBufferSize);
        try
        {
            if (!await body.Read(http))
            {
                // What is left of it is not read.
                http.Response.Headers.Connection = "close";
                await Answer(http, StatusCodes.Status413PayloadTooLarge, []);
                return;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or BadHttpRequestException)
        {
            session.Close(DisconnectReason.TransportError, silently: true);
            http.Abort();
            return;
        }

        session.PostRead();
        var fine = await Payload.Take(session, body.Bytes);
        await Answer(http, fine ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, fine ? Ok : []);
    }

    private static async Task Answer(HttpContext http, int status, byte[] body)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentLength = body.Length;
        if (body.Length == 0)
            return;
        response.ContentType = "text/html";
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(body);
    }
}
