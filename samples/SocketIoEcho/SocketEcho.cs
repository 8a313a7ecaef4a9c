using Hearth.SocketIO;

namespace SocketIoEcho;

/// <summary>Tells a client what it was let in with, and sends its messages back.</summary>
internal static class SocketEcho
{
    /// <summary>Some clients look at one message at a time, and would not see two that arrive together.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(10);

    public static void Use(SocketIOServer io)
    {
        io.OnConnection(TellAuth);
        io.Main.On("message", e => e.Socket.Emit("message-back", e.Arguments));
        io.Main.On("message-with-ack", e => e.Ack(e.Arguments));
        io.Of("/custom").OnConnection(TellAuth);
    }

    private static async Task TellAuth(Socket socket)
    {
        await Task.Delay(Apart);
        socket.Emit("auth", socket.Auth<System.Text.Json.JsonElement>());
    }
}
