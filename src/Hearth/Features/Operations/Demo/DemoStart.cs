using System.Diagnostics;
using Hearth.Features.Operations.Import;
using Hearth.Ledger;
using Hearth.Platform;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Hearth.Features.Operations.Demo;

/// <summary>
/// Before the server listens: with <c>DEMO=on</c> the demonstration is there, and without it nobody signs in with a password that
/// everybody knows.
/// </summary>
internal sealed partial class DemoStart(
    HearthOptions options, NpgsqlDataSource source, Writes writes, TimeProvider time, ILogger<DemoStart> log) : IHostedService
{
    // Four letters and two, as the years and months of other files.
    private const string Folder = "vent_media/demo/00";

    // Drawn beside the import.
    private readonly List<Task> drawing = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var isThere = await ImportAccounts.Has(source, DemoCommunity.User(DemoPeople.All[0].Username), cancellationToken);
        if (options.Demo && !isThere)
            await Make(cancellationToken);
        else if (isThere && await ImportAccounts.Open(writes, DemoCommunity.Prefix, options.Demo, cancellationToken) is > 0 and var changed)
            Opened(log, changed, options.Demo ? "open again" : "shut");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Make(CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        Directory.CreateDirectory(Path.Combine(options.DataDir, "media", Folder));
        var hash = new PasswordHasher<DemoPerson>().HashPassword(DemoPeople.All[0], DemoPeople.Password);
        var community = new DemoCommunity(time.GetUtcNow().UtcDateTime, options.PublicUrl, hash, Keep);
        var run = new ImportRun(DemoCommunity.Prefix, DryRun: false, new ImportReport(), IsNews: true);
        await CommunityImport.Run(source, writes, time, run, community.Items().ToAsyncEnumerable(), ct);
        await Task.WhenAll(drawing);
        Made(log, Stopwatch.GetElapsedTime(began));
    }

    private string Keep(string name, Func<byte[]> draw)
    {
        var path = $"{Folder}/{name}";
        drawing.Add(Task.Run(() => File.WriteAllBytes(Path.Combine(options.DataDir, "media", path), draw())));
        return path;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The demonstration was made in {Took}.")]
    private static partial void Made(ILogger log, TimeSpan took);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} accounts of the demonstration are {State}.")]
    private static partial void Opened(ILogger log, int count, string state);
}
