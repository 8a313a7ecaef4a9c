using System.CommandLine;
using System.Diagnostics;
using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth;

/// <summary><c>hearth verify</c> and <c>hearth rebuild</c>: both may run beside a server.</summary>
internal static class LedgerCommands
{
    public static Command Verify() =>
        CommandLine.Command(
            "verify",
            "Recompute every counter and projection from its source and print each difference; the exit code is 1 when there is one.",
            async (options, ct) =>
            {
                await using var database = await HearthDatabase.Open(options, beside: true, ct);
                await using var app = App.Build(options, database.LongWork);
                var verification = app.Services.GetRequiredService<Verification>();
                var differences = 0L;
                foreach (var name in verification.Names)
                {
                    var result = await verification.Run(name, ct);
                    differences += result.Differences;
                    Console.WriteLine($"{name,-32} {result.Rows,12:#,0} rows {result.Differences,8:#,0} differences");
                    foreach (var one in result.Examples)
                        Console.WriteLine($"    {one.Object}: expected {one.Expected ?? "-"}, is {one.Actual ?? "-"}");
                }

                if (differences > 0)
                    throw new StartFailure($"{differences} differences.");
                Console.WriteLine("Everything is what its source says.");
            });

    public static Command Rebuild()
    {
        var name = new Argument<string>("projection") { Description = "The projection's name; a wrong one lists them." };
        var command = new Command("rebuild", "Rebuild a projection from the ledger while the server runs.") { name };
        command.SetAction((parsed, ct) => CommandLine.Run((options, token) => Run(parsed.GetRequiredValue(name), options, token), ct));
        return command;
    }

    private static async Task Run(string name, HearthOptions options, CancellationToken ct)
    {
        await using var database = await HearthDatabase.Open(options, beside: true, ct);
        await using var app = App.Build(options, database.LongWork);
        var projections = app.Services.GetServices<Projection>().ToList();
        var projection = projections.Find(one => string.Equals(one.Name, name, StringComparison.Ordinal))
            ?? throw new StartFailure($"There is no projection {name}; there are: {string.Join(", ", projections.Select(one => one.Name))}.");
        var watch = Stopwatch.StartNew();
        var rebuilds = app.Services.GetRequiredService<Rebuilds>();
        // A projection that never ran has no checkpoint to rebuild to.
        await rebuilds.BringToVersion(projection, ct);
        var rows = await rebuilds.Rebuild(projection, (at, of) => Console.WriteLine($"  at {at:#,0} of {of:#,0}"), ct);
        Console.WriteLine($"{name}: {rows:#,0} rows replayed in {watch.Elapsed.TotalSeconds:0.0} s.");
    }
}
