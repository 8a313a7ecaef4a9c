using Hearth.SocketIO.Transport;
using Microsoft.AspNetCore.Http;

namespace Hearth.SocketIO.Engine;

/// <summary>What a session has only while it is polled: what waits for the next GET, the requests at hand, the WebSocket on trial. Its session locks.</summary>
internal sealed class PollingSide(EngineOptions options)
{
    private readonly Queue<Packet> waiting = new();
    private long bytes;
    private TaskCompletionSource<PollAnswer>? poll;
    private TaskCompletionSource? posted;

    /// <summary>Until when the GET that waits may have been overtaken by the end of the trial during which it came; 0: it came before.</summary>
    private long overtakenUntil;

    public bool IsPolled => poll is not null;

    public bool IsEmpty => waiting.Count == 0;

    /// <summary>The POST that is being read or handled.</summary>
    public HttpContext? Post { get; private set; }

    /// <summary>The WebSocket that may become the session's transport.</summary>
    public Outlet? Candidate { get; private set; }

    /// <summary>When the candidate is given up.</summary>
    public long CandidateUntil { get; private set; }

    public bool IsProbed { get; private set; }

    /// <summary>Queues a packet, and gives it to a GET that waits.</summary>
    /// <returns>False when there is no room.</returns>
    public bool Add(Packet packet)
    {
        if (waiting.Count > 0 && (waiting.Count >= options.MaxQueuedPackets || bytes + packet.PollBytes > options.MaxQueuedBytes))
            return false;
        waiting.Enqueue(packet);
        bytes += packet.PollBytes;
        if (poll is not null)
            Answer(new PollAnswer(TakeBody()));
        return true;
    }

    /// <summary>Starts to hold a GET.</summary>
    /// <param name="until">Until when the WebSocket on trial, if there is one, may have been meant to come first.</param>
    public TaskCompletionSource<PollAnswer> Hold(long until)
    {
        overtakenUntil = Candidate is null ? 0 : until;
        return poll = new TaskCompletionSource<PollAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public bool Holds(TaskCompletionSource<PollAnswer> which) => poll == which;

    /// <summary>Answers the GET that waits, if one does.</summary>
    /// <returns>Whether one did.</returns>
    public bool Answer(PollAnswer answer)
    {
        if (poll is not { } held)
            return false;
        poll = null;
        held.SetResult(answer);
        return true;
    }

    /// <summary>What waits, as much as one answer may hold, at least one packet.</summary>
    public byte[] TakeBody()
    {
        var count = 0;
        var size = -1;
        foreach (var packet in waiting)
        {
            if (count > 0 && size + 1 + packet.PollBytes > options.MaxHttpBufferSize)
                break;
            size += 1 + packet.PollBytes;
            count++;
        }

        var body = new byte[size];
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            var packet = waiting.Dequeue();
            bytes -= packet.PollBytes;
            if (i > 0)
                body[at++] = Packet.Separator;
            at += packet.WritePoll(body.AsSpan(at));
        }

        return body;
    }

    public void MoveTo(Outlet outlet)
    {
        while (waiting.TryDequeue(out var packet))
            outlet.Send(packet.Bytes);
        bytes = 0;
    }

    public void Forget()
    {
        waiting.Clear();
        bytes = 0;
    }

    /// <summary>Whether the POST's body is still coming.</summary>
    public bool IsReading { get; private set; }

    public void BeginPost(HttpContext http)
    {
        Post = http;
        IsReading = true;
    }

    public void PostRead() => IsReading = false;

    public void EndPost()
    {
        Post = null;
        IsReading = false;
        posted?.TrySetResult();
        posted = null;
    }

    /// <summary>Ends when no POST is being handled.</summary>
    public Task Posted() =>
        Post is null ? Task.CompletedTask : (posted ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Try(Outlet candidate, long until)
    {
        Candidate = candidate;
        CandidateUntil = until;
        IsProbed = false;
    }

    /// <summary>From now on a GET finds an end soon.</summary>
    public void Probed(long now)
    {
        IsProbed = true;
        if (now >= overtakenUntil)
            Answer(PollAnswer.Noop);
    }

    /// <summary>The GET that waits has been waited with for long enough.</summary>
    public bool Waited()
    {
        overtakenUntil = 0;
        return IsProbed && Answer(PollAnswer.Noop);
    }

    /// <summary>The client has gone on by WebSocket: a GET that it sent then is too late, whichever the server saw first.</summary>
    public void Upgraded(long now) => Answer(now < overtakenUntil ? PollAnswer.Refused(Refusal.BadRequest) : PollAnswer.Noop);

    public void EndTrial()
    {
        Candidate = null;
        IsProbed = false;
    }
}
