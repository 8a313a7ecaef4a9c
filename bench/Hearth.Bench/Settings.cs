using System.Globalization;

namespace Hearth.Bench;

/// <summary>What the command line says: which words to measure, how long, how often.</summary>
internal sealed record Settings(IReadOnlyList<string> Words, TimeSpan Time, TimeSpan WarmUp, int Rounds, string Server, string BareServer, string WsServer, string SocketIoServer, string SocketIoOriginal, string Work, string Root)
{
    public static readonly string[] All = ["list", "single", "react", "react-hot", "comment", "view", "interactions", "slow", "growth", "fanout", "memory", "socketio", "messaging", "start", "discovery", "feeds", "analytics"];

    public static Settings Parse(string[] args)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Hearth.slnx")))
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("Run it from the repository's build output.");
        var words = args.TakeWhile(arg => !arg.StartsWith("--", StringComparison.Ordinal)).ToList();
        if (words.Except(All, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"There is no word {unknown}, but: {string.Join(' ', All)}");
        return new Settings(
            words.Count > 0 ? words : All,
            Seconds(args, "--seconds", 6),
            Seconds(args, "--warm-up", 5),
            (int)Seconds(args, "--rounds", 3).TotalSeconds,
            Path.Combine(root, "artifacts", "hearth", "hearth.dll"),
            Path.Combine(root, "bench", "Bare", "bin", "Release", "net10.0", "Bare.dll"),
            Path.Combine(root, "bench", "ws", "server.mjs"),
            Path.Combine(root, "bench", "SocketIo", "bin", "Release", "net10.0", "SocketIo.dll"),
            Path.Combine(root, "bench", "socketio-node", "server.mjs"),
            Environment.GetEnvironmentVariable("BENCH_DATA") ?? Path.Combine(Path.GetTempPath(), "hearth-bench"),
            root);
    }

    private static TimeSpan Seconds(string[] args, string name, int otherwise)
    {
        var at = Array.IndexOf(args, name);
        return TimeSpan.FromSeconds(at < 0 ? otherwise : double.Parse(args[at + 1], CultureInfo.InvariantCulture));
    }
}
