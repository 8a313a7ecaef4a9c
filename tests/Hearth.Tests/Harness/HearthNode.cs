using Hearth.Ledger;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hearth.Tests.Harness;

/// <summary>One running server of a <see cref="HearthApp"/>, with Kestrel on a free port.</summary>
public sealed class HearthNode : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly NpgsqlDataSource database;
    private readonly HttpClient anonymous;

    private HearthNode(WebApplication server, NpgsqlDataSource database, NodeLog log)
    {
        this.server = server;
        this.database = database;
        Log = log;
        Address = new Uri(server.Urls.First());
        anonymous = Client();
    }

    public Uri Address { get; }

    public IServiceProvider Services => server.Services;

    /// <summary>For requests that nobody has signed in for; use <see cref="HearthApp.Anyone"/> mostly.</summary>
    public HttpClient Http => anonymous;

    internal NodeLog Log { get; }

    internal static async Task<HearthNode> Start(HearthOptions options, string connection, Action<WebApplicationBuilder> change)
    {
        var log = new NodeLog();
        var database = TestDatabase.Pool(connection);
        var server = App.Build(options, database, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Information);
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
            change(builder);
        });
        await server.StartAsync();
        return new HearthNode(server, database, log);
    }

    internal HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        BaseAddress = Address,
        Timeout = TimeSpan.FromSeconds(100),
    };

    /// <summary>Ends when this node has followed the ledger up to the position: projections, caches and its sockets.</summary>
    internal Task Passed(long position, CancellationToken ct) => Services.GetRequiredService<PositionGate>().Passed(position, ct);

    /// <summary>Stops as an operator would stop it; the other nodes go on.</summary>
    public async ValueTask DisposeAsync()
    {
        anonymous.Dispose();
        await server.StopAsync();
        await server.DisposeAsync();
        await database.DisposeAsync();
    }
}
