using System.Collections.Concurrent;
using System.Text.Json;
using Hearth.SocketIO.Engine;
using Hearth.SocketIO.Parser;
using Hearth.SocketIO.Server;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.SocketIO;

/// <summary>A Socket.IO server: its namespaces. Its own methods are those of the main namespace, <c>/</c>.</summary>
public sealed class SocketIOServer : IDisposable
{
    private readonly ConcurrentDictionary<string, SocketNamespace> namespaces = new(StringComparer.Ordinal);
    private readonly List<EngineServer> engines = [];

    /// <summary>Makes one; <see cref="SocketIOExtensions.AddSocketIO"/> does.</summary>
    public SocketIOServer(IOptions<SocketIOOptions> options, ILogger<SocketIOServer> log, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options.Value;
        Log = log;
        Time = time ?? TimeProvider.System;
        Broadcaster = new Broadcaster(log);
        Json = new JsonSerializerOptions(Options.Json) { MaxDepth = 0 };
        Json.Converters.Add(new ByteArrayConverter());
        Json.Converters.Add(new ByteMemoryConverter());
        Json.MakeReadOnly(populateMissingResolver: true);
        Writer = new PacketWriter(Json);
        Main = Of("/");
    }

    /// <summary>The main namespace, which every client may join.</summary>
    public SocketNamespace Main { get; }

    /// <summary>How many sessions are open on this node.</summary>
    public int SessionCount
    {
        get
        {
            lock (engines)
                return engines.Sum(engine => engine.Count);
        }
    }

    internal SocketIOOptions Options { get; }

    internal ILogger Log { get; }

    internal TimeProvider Time { get; }

    internal JsonSerializerOptions Json { get; }

    internal PacketWriter Writer { get; }

    internal Broadcaster Broadcaster { get; }

    /// <summary>A namespace, such as <c>/admin</c>: the first call makes it. Clients can join no other.</summary>
    public SocketNamespace Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!name.StartsWith('/'))
            name = "/" + name;
        return name.Contains(',', StringComparison.Ordinal)
            ? throw new ArgumentException("A namespace's name has no comma.", nameof(name))
            : namespaces.GetOrAdd(name, static (key, server) => new SocketNamespace(server, key), this);
    }

    /// <inheritdoc cref="SocketNamespace.Use"/>
    public void Use(Func<Socket, Task> middleware) => Main.Use(middleware);

    /// <inheritdoc cref="SocketNamespace.OnConnection(Func{Socket, Task})"/>
    public void OnConnection(Func<Socket, Task> handle) => Main.OnConnection(handle);

    /// <inheritdoc cref="SocketNamespace.OnConnection(Action{Socket})"/>
    public void OnConnection(Action<Socket> handle) => Main.OnConnection(handle);

    /// <inheritdoc cref="SocketNamespace.To(string)"/>
    public BroadcastOperator To(string room) => Main.To(room);

    /// <inheritdoc cref="SocketNamespace.Except"/>
    public BroadcastOperator Except(string room) => Main.Except(room);

    /// <inheritdoc cref="SocketNamespace.Emit"/>
    public void Emit(string name, params ReadOnlySpan<object?> arguments) => Main.Emit(name, arguments);

    /// <summary>Closes every session of this node.</summary>
    public void CloseAll()
    {
        lock (engines)
            engines.ForEach(engine => engine.CloseAll(DisconnectReason.ServerShuttingDown));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseAll();
        Broadcaster.Dispose();
    }

    internal void Tick()
    {
        lock (engines)
            engines.ForEach(engine => engine.Sweep());
    }

    internal EngineSession? Session(string sid)
    {
        lock (engines)
            return engines.Select(engine => engine.Find(sid)).FirstOrDefault(session => session is not null);
    }

    internal SocketNamespace? Find(string name) => namespaces.GetValueOrDefault(name);

    internal void Add(EngineServer engine)
    {
        lock (engines)
            engines.Add(engine);
    }
}
