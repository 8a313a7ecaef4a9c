using System.Diagnostics;
using System.Globalization;
using Hearth.Bench;

var settings = Settings.Parse(args);
Processes.Pin(Environment.ProcessId, Processes.LoadCore);
string[] work = ["list", "single", "react", "react-hot", "comment", "view"];
var words = settings.Words;
Dictionary<string, double> whole = [];

if (words.Any(word => word is not ("start" or "socketio" or "messaging" or "discovery" or "feeds" or "analytics")))
{
    await using var stage = await Stage.Open(settings, scale: 1);
    var measures = new Measures(stage);
    Report.Begin("The whole data set");
    foreach (var word in work.Where(words.Contains))
        await One(measures, word);
    if (words.Contains("interactions"))
        await measures.Interactions();
    if (words.Contains("slow"))
    {
        await stage.SlowCommits(2_000);
        Report.Begin("Commits take 2 ms longer");
        await measures.React();
        await measures.ReactHot();
        await stage.SlowCommits(0);
    }

    if (words.Contains("fanout"))
    {
        await new FanOut(stage).Run(1_000);
        await new FanOut(stage).Run(5_000);
    }

    if (words.Contains("memory"))
        await Memory(stage);
    if (words.Contains("growth"))
        whole = await Growth(stage, "Requests of 100 people about 5,000 posts of theirs, in the whole data set");
}

if (words.Contains("growth"))
{
    await using var stage = await Stage.Open(settings, scale: 100);
    var small = await Growth(stage, "The same requests in a hundredth of it");
    Report.Heading("Growth: the whole against a hundredth");
    foreach (var (name, rate) in small)
        Report.Line(name, (whole[name] / rate).ToString("0.00", CultureInfo.InvariantCulture));
}

if (words.Contains("socketio"))
    await new SocketIo(settings).Run();

if (words.Contains("messaging"))
    await new Messaging(settings).Run();

if (words.Contains("start"))
    await Start(settings);

if (words.Contains("discovery"))
    await ReadWords.Discovery(settings);
if (words.Contains("feeds"))
    await ReadWords.Feeds(settings);
if (words.Contains("analytics"))
    await ReadWords.Analytics(settings);

async Task<Dictionary<string, double>> Growth(Stage stage, string heading)
{
    stage.Report.Forget();
    var measures = new Measures(stage, await stage.FreshPosts(Measures.PostsOfGrowth, Measures.PeopleOfGrowth));
    Report.Begin(heading);
    foreach (var word in work)
        await One(measures, word);
    return new(stage.Report.Rates, StringComparer.Ordinal);
}

static Task One(Measures measures, string word) => word switch
{
    "list" => measures.List(),
    "single" => measures.Single(),
    "react" => measures.React(),
    "react-hot" => measures.ReactHot(),
    "comment" => measures.Comment(),
    _ => measures.View(),
};

static async Task Memory(Stage stage)
{
    const int Sockets = 5_000;
    Report.Heading("Memory");
    var before = Processes.PrivateBytes(stage.HearthPid);
    await using var listeners = new Listeners();
    await listeners.Connect(stage.Hearth, Sockets, n => $"/ws/?token={stage.Tokens[n % stage.Tokens.Length]}");
    await Task.Delay(TimeSpan.FromSeconds(10));
    Report.Line(
        $"{Sockets} idle connections",
        string.Create(CultureInfo.InvariantCulture, $"{(Processes.PrivateBytes(stage.HearthPid) - before) / 1024.0 / Sockets:0.0} KiB each"));
}

static async Task Start(Settings settings)
{
    Report.Heading("Start to the first answer");
    var data = Path.Combine(settings.Work, "start");
    foreach (var name in (string[])["first start (new database)", "second start"])
    {
        var port = Processes.FreePort();
        var watch = Stopwatch.StartNew();
        var hearth = Stage.StartHearth(settings, data, port);
        await Processes.Answers(new Uri($"http://127.0.0.1:{port}/health"), hearth, TimeSpan.FromMinutes(1));
        Report.Line(name, string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:0.00} s"));
        await Processes.Stop(hearth);
    }

    Directory.Delete(data, recursive: true);
}
