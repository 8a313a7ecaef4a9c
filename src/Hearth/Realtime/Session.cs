using System.Buffers;
using System.Net.Sockets;
using Hearth.SocketIO.Transport;

namespace Hearth.Realtime;

/// <summary>Reads what one client sends, and answers it, until either side closes.</summary>
internal sealed class Session(
    Peer peer, Rooms rooms, Stream stream, Authenticate authenticate, MaySeePost maySeePost, Pace pace, TimeProvider time) : IDisposable
{
    private const int MostBytes = 64 * 1024;
    private const int ReadBytes = 4 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    private readonly FrameReader frames = new(MostBytes);
    private ValueTask<int> something;
    private bool closed;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public void Dispose() => frames.Dispose();

    /// <param name="enter">Makes the socket known.</param>
    public async Task Run(Func<Task> enter)
    {
        try
        {
            something = Something();
            if (something.IsCompleted)
                peer.Outlet.SpokeEarly();
            await enter();
            await Converse();
            await Flushed();
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The client is gone without a word.
            peer.Outlet.Die();
        }
    }

    private async Task Converse()
    {
        try
        {
            while (!closed && await Read(away: false))
                something = Something();
        }
        catch (FrameError error)
        {
            peer.Outlet.Close(error.Code, error.Message);
            await Flushed();
            // A connection that is closed with unread bytes is reset, which can cost the client the close frame.
            await ReadAway(peer.Outlet.EndSending() ? Patience : Moment);
        }
    }

    /// <summary>Reads what there is. While nothing comes no buffer is held.</summary>
    /// <param name="away">Without a look at it.</param>
    /// <returns>False when the client has ended.</returns>
    private async Task<bool> Read(bool away)
    {
        _ = await something;
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            var count = await stream.ReadAsync(buffer);
            if (count == 0)
                return false;
            peer.Heard();
            if (!away)
                await Take(buffer, count);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads without a look until the client ends, or the time is over.</summary>
    private async Task ReadAway(TimeSpan limit)
    {
        var over = Task.Delay(limit);
        var more = true;
        while (more)
        {
            var waiting = (something = Something()).AsTask();
            if (await Task.WhenAny(waiting, over) == over)
                return;
            something = new ValueTask<int>(waiting);
            more = await Read(away: true);
        }
    }

    /// <summary>Reading nothing waits until there is something to read, and needs no buffer for that. A connection that breaks ends it.</summary>
    private ValueTask<int> Something() => stream.ReadAsync(Memory<byte>.Empty);

    private async Task Take(byte[] buffer, int count)
    {
        var at = 0;
        while (at < count && !closed)
        {
            if (Next(buffer.AsSpan(0, count), ref at) is { } message)
                await Handle(message);
        }
    }

    /// <returns>The next message; null when the bytes hold none that is to be handled.</returns>
    private ClientMessage? Next(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (!frames.TryRead(bytes[at..], out var taken, out var incoming))
        {
            at += taken;
            return null;
        }

        at += taken;
        switch (incoming.Opcode)
        {
            case Opcode.Close:
                peer.Outlet.Close(incoming.CloseCode);
                closed = true;
                return null;
            case Opcode.Pong:
                pace.Count();
                peer.Outlet.Pong(incoming.Payload);
                return null;
        }

        var verdict = pace.Count();
        if (verdict == Pace.Verdict.Refused)
            peer.Outlet.Reply(Answers.Error("Request was throttled."));
        if (verdict != Pace.Verdict.Fine)
            return null;
        if (incoming.Opcode != Opcode.Ping)
            return ClientMessage.Parse(incoming.Opcode == Opcode.Text ? incoming.Payload : []);
        peer.Outlet.Reply(Frame.Build(Opcode.Pong, incoming.Payload));
        return null;
    }

    private async Task Handle(ClientMessage message)
    {
        try
        {
            await (message.Type switch
            {
                "ping" => Answer(Answers.Pong),
                "join_ventroom" => Join(Groups.Feed, Answers.Joined(peer.Caller.Uuid, Now)),
                "leave_ventroom" => Leave(Groups.Feed),
                "join_ventroom_post" => JoinPost(message.PostId),
                "leave_ventroom_post" => LeavePost(message.PostId),
                "auth" => Renew(message.Token),
                null => Refuse("A message is a JSON object with a type."),
                _ => Refuse("Unknown message type."),
            });
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException)
        {
            peer.Outlet.Reply(Answers.Error("The server is busy. Please try again."));
        }
    }

    private Task Answer(byte[] frame)
    {
        peer.Outlet.Reply(frame);
        return Task.CompletedTask;
    }

    private Task Refuse(string detail) => Answer(Answers.Error(detail));

    private Task Join(string group, byte[] answer) =>
        rooms.IsFull(group) ? Refuse("Too many groups are joined.") : rooms.Join(group, answer);

    private Task Leave(string group)
    {
        rooms.Leave(group);
        return Task.CompletedTask;
    }

    private async Task JoinPost(long? post)
    {
        if (post is not { } id)
            await Refuse("data.post_id must be a post's number.");
        else if (!await maySeePost(peer.Caller, id))
            await Refuse("Post not found.");
        else
            await Join(Groups.Post(id), Answers.PostJoined(id, Now));
    }

    private Task LeavePost(long? post) => post is { } id ? Leave(Groups.Post(id)) : Refuse("data.post_id must be a post's number.");

    private async Task Renew(string? token)
    {
        if (token is null || await authenticate(token) is not { } caller)
        {
            await Refuse("The token is not valid.");
            return;
        }

        if (caller.ServiceToken is not null || caller.UserId != peer.Caller.UserId)
        {
            await Refuse("The token is another person's.");
            return;
        }

        peer.Caller = caller;
        await Answer(Answers.Renewed(caller, Now));
    }

    /// <summary>Waits until the close frame is out, a while.</summary>
    private async Task Flushed()
    {
        try
        {
            await peer.Outlet.Drained().WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            peer.Outlet.Abort();
        }
    }
}
