using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.SocketIO.Tests.Harness;

/// <summary>A server of the test's own: Engine.IO's echo at /engine.io, Socket.IO's at /socket.io, and what the test adds.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private EchoServer(WebApplication app)
    {
        this.app = app;
        Io = app.Services.GetRequiredService<SocketIOServer>();
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public SocketIOServer Io { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public static async Task<EchoServer> Start(
        Action<EngineOptions>? configure = null, Action<SocketIOServer>? use = null, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        if (time is not null)
            builder.Services.AddSingleton(time);
        builder.Services.AddSocketIO(options => configure?.Invoke(options));
        var app = builder.Build();
        var engine = new EngineOptions();
        configure?.Invoke(engine);
        app.MapEngineIO("/engine.io", session => new Echo(session), engine);
        app.MapSocketIO();
        var io = app.Services.GetRequiredService<SocketIOServer>();
        io.Main.On("message", e => e.Socket.Emit("message-back", e.Arguments));
        io.Main.On("message-with-ack", e => e.Ack(e.Arguments));
        io.OnConnection(socket => socket.Emit("auth", socket.Auth<System.Text.Json.JsonElement>()));
        io.Of("/custom").OnConnection(socket => socket.Emit("auth", socket.Auth<System.Text.Json.JsonElement>()));
        use?.Invoke(io);
        await app.StartAsync();
        return new EchoServer(app);
    }

    /// <summary>Lets Socket.IO's sessions do what is due, as the timer does when time is not stopped.</summary>
    public void Tick() => Io.Tick();

    public Task Stop() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private sealed class Echo(EngineSession session) : EngineHandler
    {
        public override ValueTask OnText(ReadOnlyMemory<byte> text)
        {
            session.SendText(text.Span);
            return ValueTask.CompletedTask;
        }

        public override ValueTask OnBinary(ReadOnlyMemory<byte> data)
        {
            session.SendBinary(data.Span);
            return ValueTask.CompletedTask;
        }

        public override void OnClosed(DisconnectReason reason)
        {
        }
    }
}
