using System.CommandLine;
using Hearth.Database;
using Hearth.Features.Operations.Demo;
using Hearth.Platform;

namespace Hearth;

/// <summary><c>hearth serve</c>: opens the database, builds the application, and runs it until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Serve() =>
        CommandLine.Command("serve", "Run the server (the default).", async (options, ct) =>
        {
            Listening.RefuseTaken(options);
            await using var database = await HearthDatabase.Open(options, beside: false, ct);
            await using var app = App.Build(options, database.Requests);
            await app.StartAsync(ct);
            Announce(app, options);
            await app.WaitForShutdownAsync(ct);
        });

    /// <summary>For whoever starts it by hand; in production the log says where it listens.</summary>
    private static void Announce(WebApplication app, HearthOptions options)
    {
        if (!options.IsProduction)
            Console.WriteLine($"Hearth listens on {string.Join(", ", app.Urls)}: open {options.PublicUrl} in a browser.");
        if (!options.Demo)
            return;
        foreach (var line in DemoPeople.SignIns())
            Console.WriteLine(line);
    }
}
