using System.Globalization;
using System.Net;
using Npgsql;

namespace Hearth.Bench;

/// <summary>
/// The dashboard of an organisation with ten million messages (BENCH_MESSAGES: another number), and of one with a thousandth of them:
/// what grows with history shows as the difference. Eight readers at once: what is asked is how long an answer takes, not how many there are.
/// </summary>
internal sealed class Messaging(Settings settings)
{
    private const int Readers = 8;

    private static readonly string[] Paths =
    [
        "/api/messaging/activity/recent/", "/api/messaging/activity/recent/?limit=100&type=conversation_reply", "/api/messaging/performance/overview/",
        "/api/messaging/activity/statistics/",
    ];

    private readonly long messages = long.Parse(Environment.GetEnvironmentVariable("BENCH_MESSAGES") ?? "10000000", CultureInfo.InvariantCulture);

    public async Task Run()
    {
        var data = Path.Combine(settings.Work, string.Create(CultureInfo.InvariantCulture, $"messaging-{messages}"));
        var loaded = data + ".loaded";
        Directory.CreateDirectory(settings.Work);
        var port = Processes.FreePort();
        var hearth = await Started(data, port);
        try
        {
            await using var source = NpgsqlDataSource.Create(Stage.Database(data) + ";Pooling=false");
            var set = new DataSet(source, 1);
            if (!File.Exists(loaded))
            {
                Console.WriteLine($"Loading {messages} messages");
                await Load(source);
                await File.WriteAllTextAsync(loaded, "");
                await Processes.Stop(hearth);
                hearth = await Started(data, port);
            }

            Stage.PinDatabase(data);
            Report.Begin(string.Create(CultureInfo.InvariantCulture, $"An organisation with {messages:#,0} messages, {Readers} readers"));
            await Measure(set, port, "whole");
            Report.Begin("An organisation with a thousandth of them");
            await Measure(set, port, "thousandth");
        }
        finally
        {
            await Processes.Stop(hearth);
        }
    }

    private async Task Measure(DataSet set, int port, string tenant)
    {
        var report = new Report();
        var of = $"from users where tenant_id = (select id from tenants where name = '{tenant}')";
        var tokens = Tokens.For(await set.Number("select min(id) " + of), await set.Uuids($"select uuid {of} order by id"));
        foreach (var path in Paths)
        {
            byte[] Next(Random random) => Bench.Load.Request("GET", path, tokens[random.Next(tokens.Length)]);
            var server = new IPEndPoint(IPAddress.Loopback, port);
            await Bench.Load.Run(server, Readers, settings.WarmUp, Next);
            var rounds = new List<Figures>();
            for (var round = 0; round < settings.Rounds; round++)
                rounds.Add(await Bench.Load.Run(server, Readers, settings.Time, Next));
            report.Add(path["/api/messaging/".Length..].Replace("conversation_reply", "…", StringComparison.Ordinal), Figures.Median(rounds));
        }
    }

    private async Task<System.Diagnostics.Process> Started(string data, int port)
    {
        var hearth = Stage.StartHearth(settings, data, port);
        await Processes.Answers(new Uri($"http://127.0.0.1:{port}/health"), hearth, TimeSpan.FromMinutes(2));
        return hearth;
    }

    private async Task Load(NpgsqlDataSource source)
    {
        var script = await File.ReadAllTextAsync(Path.Combine(settings.Root, "bench", "messaging", "load.sql"));
        // One connection: the script sets and makes what is its own. One statement at a time: a vacuum goes alone.
        await using var db = await source.OpenConnectionAsync();
        foreach (var statement in script.Replace(":rows", messages.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Split(";\n", StringSplitOptions.RemoveEmptyEntries))
        {
            await using var command = new NpgsqlCommand(statement, db) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync();
        }
    }
}
