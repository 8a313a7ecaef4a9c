using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Operations.Import;

/// <summary><c>hearth import stackexchange DIR</c> and <c>hearth import jsonl FILE</c>; see docs/import.md.</summary>
internal static class ImportCommand
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    public static Command Import()
    {
        var import = new Command("import", "Bring another community in. Twice is as once; a run that was cut short goes on when it is repeated.");
        import.Add(StackExchange());
        import.Add(Jsonl());
        return import;
    }

    private static Command StackExchange()
    {
        var folder = new Argument<string>("DIR") { Description = "A folder with posts.jsonl, comments.jsonl, users.csv and votes.csv, plain or .gz." };
        var dryRun = DryRun();
        var command = new Command("stackexchange", "Communities in the form of the Stack Exchange data set.") { folder, dryRun };
        command.SetAction((parsed, ct) => CommandLine.Run(
            (options, token) => Run(
                options,
                parsed.GetValue(dryRun),
                StackExchangeSource.Prefix,
                report => new StackExchangeSource(parsed.GetValue(folder)!, report).Items(token),
                token),
            ct));
        return command;
    }

    private static Command Jsonl()
    {
        var file = new Argument<string>("FILE") { Description = "A file of JSON lines, plain or .gz." };
        var dryRun = DryRun();
        var from = new Option<string>("--from")
        {
            Description = "The name of the deployment that the file is from: ids are told apart by it.",
            DefaultValueFactory = _ => "jsonl",
        };
        var command = new Command("jsonl", "People, posts, comments, reactions and views of another deployment.") { file, from, dryRun };
        command.SetAction((parsed, ct) => CommandLine.Run(
            (options, token) => Run(
                options,
                parsed.GetValue(dryRun),
                JsonlSource.Prefix(parsed.GetValue(from)!),
                report => new JsonlSource(parsed.GetValue(file)!, parsed.GetValue(from)!, report).Items(token),
                token),
            ct));
        return command;
    }

    private static Option<bool> DryRun() => new("--dry-run") { Description = "Say what would come and what would be left out, and write nothing." };

    private static async Task Run(
        HearthOptions options, bool dryRun, string prefix, Func<ImportReport, IAsyncEnumerable<ImportItem>> items, CancellationToken ct)
    {
        await using var database = await HearthDatabase.Open(options, beside: true, ct);
        var report = new ImportReport();
        var began = Stopwatch.GetTimestamp();
        var run = new ImportRun(prefix, dryRun, report, Progress());
        await CommunityImport.Run(database.LongWork, new Writes(database.LongWork, new LedgerSignal()), TimeProvider.System, run, items(report), ct);
        report.Write(Console.Out, dryRun);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Took {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s."));
    }

    /// <summary>A line every now and then: an import of hours must not look dead.</summary>
    private static Action<long> Progress()
    {
        var said = Stopwatch.GetTimestamp();
        return done =>
        {
            if (Stopwatch.GetElapsedTime(said) < Between)
                return;
            said = Stopwatch.GetTimestamp();
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done:N0} read"));
        };
    }
}
