using Hearth.Platform;
using Hearth.Realtime;
using Hearth.SocketIO.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hearth.Tests.Realtime;

/// <summary>The WebSocket door on a real server with a real port; tokens are people's names, and there is no database.</summary>
internal sealed class DoorHost : IAsyncDisposable
{
    public const string Amina = "amina";
    public const string Bruno = "bruno";

    private readonly WebApplication app;
    private long position;

    private DoorHost(WebApplication app) => this.app = app;

    public ManualTime Time { get; private init; } = new();

    public Hub Hub => app.Services.GetRequiredService<Hub>();

    public Presence Presence => app.Services.GetRequiredService<Presence>();

    public Heartbeat Heartbeat => app.Services.GetRequiredService<Heartbeat>();

    public Uri Address => new(app.Urls.First());

    /// <summary>Who a token belongs to.</summary>
    public Dictionary<string, Caller> Tokens { get; } = new(StringComparer.Ordinal)
    {
        [Amina] = new(1, Guid.Parse("11111111-1111-1111-1111-111111111111"), Roles.Individual, null, 1),
        [Bruno] = new(2, Guid.Parse("22222222-2222-2222-2222-222222222222"), Roles.Individual, null, 1),
        ["robot"] = new(0, Guid.Empty, Roles.None, null, 1) { ServiceToken = 7 },
    };

    public static async Task<DoorHost> Start(HearthOptions? options = null)
    {
        var time = new ManualTime();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton((options ?? new HearthOptions()) with { JwtSecret = "a secret that is long enough for a test" });
        builder.Services.AddSingleton(NpgsqlDataSource.Create("Host=127.0.0.1;Port=1"));
        builder.AddPlatform();
        builder.AddRealtime();
        DoorHost? host = null;
        builder.Services.AddSingleton<Authenticate>(token => ValueTask.FromResult(host!.Tokens.GetValueOrDefault(token)));
        builder.Services.AddSingleton<MaySeePost>((_, post) => ValueTask.FromResult(post < 1_000));
        var server = builder.Build();
        server.UsePlatform();
        server.MapRealtime();
        host = new DoorHost(server) { Time = time };
        await server.StartAsync();
        return host;
    }

    public async Task<RawSocket> Connect(string token = Amina, int receiveBuffer = 0)
    {
        var socket = await RawSocket.Connect(Address, $"/ws/?token={token}", receiveBuffer: receiveBuffer);
        Assert.Equal(101, socket.Status);
        return socket;
    }

    /// <summary>A socket that is known to the hub and has joined the feed.</summary>
    public async Task<RawSocket> ConnectToFeed(string token = Amina, int receiveBuffer = 0)
    {
        var socket = await Connect(token, receiveBuffer);
        await socket.Send("""{"type":"join_ventroom"}""");
        await socket.Message("ventroom_joined");
        return socket;
    }

    /// <summary>Gives the events to their groups in one turn, as the fan-out would.</summary>
    public void Publish(params (string Type, string[] Groups)[] events) =>
        Publish([.. events.Select(live => (Frame.Text(System.Text.Encoding.UTF8.GetBytes($$"""{"type":"{{live.Type}}"}""")), live.Groups))]);

    public void Publish(params (byte[] Bytes, string[] Groups)[] frames)
    {
        Hub.Begin(position + frames.Length);
        var events = frames.Select(frame => new Outgoing(++position, position, frame.Bytes, frame.Groups)).ToList();
        Hub.Send(events, position);
    }

    public Task Stop() => app.StopAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
