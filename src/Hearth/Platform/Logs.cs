namespace Hearth.Platform;

/// <summary>Logs go to the standard output: JSON lines in production, short lines for a person otherwise. No query strings, no bodies.</summary>
internal static class Logs
{
    public static void AddLogs(this WebApplicationBuilder builder, HearthOptions options)
    {
        var logging = builder.Logging.ClearProviders().AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // It would make an activity and a scope for every request, and keep them as long as a socket lives; FrontDoor logs what there is to say.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        if (options.IsProduction)
        {
            logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
        else
        {
            // Where it listens is printed with what a person needs besides.
            logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true);
        }
    }
}
