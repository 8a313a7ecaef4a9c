using System.Diagnostics;
using System.Globalization;
using System.Net;
using Npgsql;

namespace Hearth.Bench;

/// <summary>Hearth on a database that a script of bench/ has loaded, to read from. As in <see cref="Stage"/>, the server has one core.</summary>
internal sealed class ReadStage : IAsyncDisposable
{
    // Enough to keep the server's core busy, few enough that a figure is of work and not of waiting in a row.
    private const int Connections = 4;

    private const string Limits = "x10000";

    private static readonly string Only = Environment.GetEnvironmentVariable("BENCH_ONLY") ?? "";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    private readonly Process hearth;
    private readonly NpgsqlDataSource source;
    private readonly IPEndPoint server;
    private readonly Report report = new();

    private ReadStage(Process hearth, NpgsqlDataSource source, int port)
    {
        this.hearth = hearth;
        this.source = source;
        server = new IPEndPoint(IPAddress.Loopback, port);
    }

    /// <summary>What was measured, by name.</summary>
    public Dictionary<string, Figures> Found { get; } = new(StringComparer.Ordinal);

    public static async Task<ReadStage> Open(Settings settings, string script, long rows, string[] projections)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{script}-{rows}");
        var data = Path.Combine(settings.Work, name);
        var loaded = Path.Combine(settings.Work, $"{name}.loaded");
        Directory.CreateDirectory(settings.Work);
        var (hearth, port) = await Start(settings, data);
        if (!File.Exists(loaded))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Loading {rows:#,0} rows by bench/{script}/load.sql"));
            await using (var loading = Source(data))
                await Load(loading, File.ReadAllText(Path.Combine(settings.Root, "bench", script, "load.sql")), rows);
            await Processes.Stop(hearth);
            foreach (var projection in projections)
                await Rebuild(settings, data, projection);
            (hearth, port) = await Start(settings, data);
            await using (var vacuuming = Source(data))
                await Run(vacuuming, "vacuum (analyze)");
            await File.WriteAllTextAsync(loaded, "");
        }

        var source = Source(data);
        await Rest(source);
        Stage.PinDatabase(data);
        return new ReadStage(hearth, source, port);
    }

    /// <summary>Tokens of the people whose names match, in order of their ids.</summary>
    public async Task<string[]> Tokens(string where)
    {
        var tokens = new List<string>();
        await using var command = source.CreateCommand($"select id, uuid from users where {where} order by id");
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            tokens.Add(Bench.Tokens.One(row.GetInt64(0), row.GetGuid(1)));
        return [.. tokens];
    }

    public async Task Measure(string name, NextRequest next, int connections = Connections)
    {
        if (!name.Contains(Only, StringComparison.Ordinal))
            return;
        await Bench.Load.Run(server, connections, WarmUp, next);
        Found[name] = await Bench.Load.Run(server, connections, Time, next);
        report.Add(name, Found[name]);
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await Processes.Stop(hearth);
    }

    private static async Task<(Process Hearth, int Port)> Start(Settings settings, string data)
    {
        var port = Processes.FreePort();
        var hearth = Stage.StartHearth(settings, data, port, Limits);
        await Processes.Answers(new Uri($"http://127.0.0.1:{port}/health"), hearth, TimeSpan.FromMinutes(5));
        return (hearth, port);
    }

    private static NpgsqlDataSource Source(string data) => NpgsqlDataSource.Create(Stage.Database(data) + ";Pooling=false");

    private static Task Load(NpgsqlDataSource source, string script, long rows) =>
        Run(source, script.Replace(":rows", rows.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    private static async Task Run(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Waits until no job is due or at work: after a long stop all of them are.</summary>
    private static async Task Rest(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(Stage.BusyJobs);
        while ((long)(await command.ExecuteScalarAsync())! > 0)
            await Task.Delay(250);
    }

    private static async Task Rebuild(Settings settings, string data, string projection)
    {
        Console.WriteLine($"Rebuilding {projection}");
        var start = new ProcessStartInfo("taskset", ["-c", Processes.BothCores, "dotnet", settings.Server, "rebuild", projection]) { RedirectStandardOutput = true };
        foreach (var (key, value) in Stage.Environment(data, port: 0, Limits))
            start.Environment[key] = value;
        using var rebuild = Process.Start(start)!;
        var output = await rebuild.StandardOutput.ReadToEndAsync();
        await rebuild.WaitForExitAsync();
        Console.WriteLine(output.TrimEnd().Split('\n')[^1]);
        if (rebuild.ExitCode != 0)
            throw new InvalidOperationException($"{projection} was not rebuilt.");
    }
}
