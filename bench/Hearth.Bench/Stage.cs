using System.Diagnostics;
using System.Globalization;
using System.Net;
using Npgsql;

namespace Hearth.Bench;

/// <summary>
/// Hearth with its private PostgreSQL and a loaded data set, and the bare program on the same database. The server that is measured has
/// one core; its database and the load have the other.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    public const int Connections = 64;

    /// <summary>How many jobs are due or at work.</summary>
    public const string BusyJobs =
        """
        select count(*) from jobs j
         where j.next_run_at <= now() or exists (select from pg_locks l where l.locktype = 'advisory' and l.objsubid = 2 and l.classid = 21 and l.objid = hashtext(j.name)::oid)
        """;

    private readonly Process hearth;
    private readonly Process bare;
    private readonly NpgsqlDataSource source;

    private Stage(Settings settings, Process hearth, Process bare, NpgsqlDataSource source, int hearthPort, int barePort)
    {
        Settings = settings;
        this.hearth = hearth;
        this.bare = bare;
        this.source = source;
        Hearth = new IPEndPoint(IPAddress.Loopback, hearthPort);
        Bare = new IPEndPoint(IPAddress.Loopback, barePort);
    }

    public Settings Settings { get; }

    public Report Report { get; } = new();

    public IPEndPoint Hearth { get; }

    public IPEndPoint Bare { get; }

    public int HearthPid => hearth.Id;

    public string[] Tokens { get; private set; } = [];

    public long FirstUser { get; private set; }

    public long FirstPost { get; private set; }

    public int Posts { get; private set; }

    public static async Task<Stage> Open(Settings settings, int scale)
    {
        var data = Path.Combine(settings.Work, scale.ToString(CultureInfo.InvariantCulture));
        var loaded = Path.Combine(settings.Work, $"{scale}.loaded");
        Directory.CreateDirectory(settings.Work);
        var port = Processes.FreePort();
        var hearth = StartHearth(settings, data, port);
        await Processes.Answers(new Uri($"http://127.0.0.1:{port}/health"), hearth, TimeSpan.FromMinutes(2));
        var connection = Database(data);
        // Not pooled: the database is started anew after the load.
        var source = NpgsqlDataSource.Create(connection + ";Pooling=false");
        var set = new DataSet(source, scale);
        if (!File.Exists(loaded))
        {
            await set.Load();
            await File.WriteAllTextAsync(loaded, "");
            // The caches and the projections of the running server know nothing of what was loaded beside it.
            await Processes.Stop(hearth);
            hearth = StartHearth(settings, data, port);
            await Processes.Answers(new Uri($"http://127.0.0.1:{port}/health"), hearth, TimeSpan.FromMinutes(2));
        }

        // A run that ended in the middle of slow commits left them behind.
        await SlowCommits(set, 0);
        await Settled(set);
        PinDatabase(data);
        var barePort = Processes.FreePort();
        var bare = Processes.Start(
            Processes.ServerCore, "dotnet", [settings.BareServer],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["DATABASE_URL"] = connection, ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{barePort}" },
            Path.Combine(settings.Work, "bare.log"));
        await Processes.Answers(new Uri($"http://127.0.0.1:{barePort}/single/{await set.FirstPost()}?user=1"), bare, TimeSpan.FromSeconds(30));
        return new Stage(settings, hearth, bare, source, port, barePort)
        {
            FirstUser = await set.FirstUser(),
            FirstPost = await set.FirstPost(),
            Tokens = Bench.Tokens.For(await set.FirstUser(), await set.Uuids()),
            Posts = set.Posts,
        };
    }

    /// <summary>Makes a catalogue of so many contents, with ids from 1, where there is none yet.</summary>
    public Task Catalogue(int contents) => new DataSet(source, 1).Run(
        $"insert into contents (title, type) select 'content ' || i, 'movies' from generate_series(1, {contents}) i where not exists (select from contents)");

    /// <summary>Has these people write so many posts.</summary>
    public async Task<long[]> FreshPosts(int posts, int people)
    {
        var set = new DataSet(source, 1);
        var last = await set.Number("select max(id) from posts");
        while (await set.Number($"select count(*) from posts where id > {last}") < posts)
            await Load.Run(Hearth, Connections, TimeSpan.FromSeconds(1), r => Load.Request("POST", "/api/ventroom/posts/", Tokens[r.Next(people)], "{\"content\":\"A post of the bench.\"}"));
        await Settled(set);
        return await set.Numbers($"select id from posts where id > {last} order by id limit {posts}");
    }

    /// <summary>Makes each commit take so much longer, for both programs.</summary>
    public Task SlowCommits(int microseconds) => SlowCommits(new DataSet(source, 1), microseconds);

    private static async Task SlowCommits(DataSet set, int microseconds)
    {
        await set.Run($"alter system set commit_delay = {microseconds}");
        await set.Run($"alter system set commit_siblings = 0");
        await set.Run("select pg_reload_conf()");
    }

    /// <summary>Node's ws beside it, on the server's core.</summary>
    public async Task<(Process Process, int Port)> StartWs()
    {
        var port = Processes.FreePort();
        var ws = Processes.Start(
            Processes.ServerCore, "node", [Settings.WsServer],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PORT"] = port.ToString(CultureInfo.InvariantCulture) },
            Path.Combine(Settings.Work, "ws.log"));
        await Processes.Answers(new Uri($"http://127.0.0.1:{port}/health"), ws, TimeSpan.FromSeconds(20));
        return (ws, port);
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await Processes.Stop(bare);
        await Processes.Stop(hearth);
    }

    /// <param name="settings">Where the server and its log are.</param>
    /// <param name="data">Its data directory.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="limits">The limiter runs, with limits that the load does not reach.</param>
    public static Process StartHearth(Settings settings, string data, int port, string limits = "x100") => Processes.Start(
        Processes.ServerCore, "dotnet", [settings.Server], Environment(data, port, limits), Path.Combine(settings.Work, "hearth.log"));

    public static Dictionary<string, string> Environment(string data, int port, string limits) => new(StringComparer.Ordinal)
    {
        ["HEARTH_ENV"] = "development",
        ["HOST"] = "127.0.0.1",
        ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
        ["DATA_DIR"] = data,
        ["DEMO"] = "off",
        ["RATE_LIMITS"] = limits,
        ["JWT_SECRET_KEY"] = Bench.Tokens.Secret,
    };

    /// <summary>Gives the database of a data directory the load's core.</summary>
    public static void PinDatabase(string data)
    {
        Processes.Pin(Postmaster(data), Processes.LoadCore);
        PinChildren(Postmaster(data));
    }

    /// <summary>The private database, found as its postmaster wrote it down: socket folder and port.</summary>
    public static string Database(string data)
    {
        var lines = File.ReadAllLines(Path.Combine(PostgresData(data), "postmaster.pid"));
        return $"Host={lines[4]};Port={lines[3]};Username=hearth;Database=hearth;Command Timeout=0";
    }

    /// <summary>
    /// Waits until everything follows the ledger, and no job is due or at work: after a long stop all of them are. Those of the next hour
    /// wait, so that none falls into a row's time.
    /// </summary>
    private static async Task Settled(DataSet set)
    {
        const string Behind = "select count(*) from projections where position < pg_sequence_last_value('public.ledger_id_seq')";
        while (await set.Number(Behind) + await set.Number(BusyJobs) > 0)
            await Task.Delay(250);
        await set.Run("update jobs set next_run_at = now() + interval '1 hour' where next_run_at < now() + interval '1 hour'");
        await set.Run("checkpoint");
    }

    private static int Postmaster(string data) =>
        int.Parse(File.ReadLines(Path.Combine(PostgresData(data), "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private static void PinChildren(int postmaster)
    {
        foreach (var child in File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            Processes.Pin(int.Parse(child, CultureInfo.InvariantCulture), Processes.LoadCore);
    }

    private static string PostgresData(string data) =>
        Directory.EnumerateFiles(data, "postmaster.pid", SearchOption.AllDirectories).Select(file => Path.GetDirectoryName(file)!).First();
}
