using Hearth.SocketIO.Transport;

namespace Hearth.SocketIO.Engine;

/// <summary>A polling session's new WebSocket: the client sends <c>2probe</c>, then <c>5</c>, and goes on by it.</summary>
internal sealed class Trial(EngineSession session, Outlet outlet, SocketLink link, EngineServer server)
{
    private bool probed;

    /// <summary>Whether the WebSocket is the session's transport now.</summary>
    public bool IsOver { get; private set; }

    /// <returns>False when the session has a WebSocket already, tries one, or is closed.</returns>
    public bool Begin() => session.Polling(side =>
    {
        if (side is not { Candidate: null })
            return false;
        side.Try(outlet, server.Now + server.Intervals.Upgrade);
        return true;
    });

    public async ValueTask Take(bool isText, ReadOnlyMemory<byte> message)
    {
        if (IsOver)
        {
            await SocketTransport.Take(session, isText, message);
            return;
        }

        if (isText && message.Span.SequenceEqual("2probe"u8))
            Probe();
        else if (isText && message.Span.SequenceEqual("5"u8) && probed)
            await Finish();
        else
            GiveUp();
    }

    public void End() => session.Polling(side =>
    {
        if (side?.Candidate == outlet)
            side.EndTrial();
        return true;
    });

    private void Probe()
    {
        probed = true;
        outlet.Reply(Packet.ProbeAnswer.Bytes);
        link.ExpectAnswer();
        session.Polling(side =>
        {
            if (side?.Candidate == outlet)
                side.Probed(server.Now);
            return true;
        });
    }

    private async Task Finish()
    {
        // What was posted before comes first.
        await session.Polling(side => side?.Posted() ?? Task.CompletedTask);
        IsOver = session.Upgrade(outlet);
        if (!IsOver)
            GiveUp();
    }

    private void GiveUp()
    {
        End();
        outlet.Close(code: null);
        server.Closing(outlet);
    }
}
