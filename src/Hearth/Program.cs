using Hearth;
using Hearth.Database;
using Hearth.Features.Accounts;
using Hearth.Features.Analytics;
using Hearth.Features.Community;
using Hearth.Features.Engagement;
using Hearth.Features.Feeds;
using Hearth.Features.Follows;
using Hearth.Features.Health;
using Hearth.Features.Interactions;
using Hearth.Features.Live;
using Hearth.Features.Messaging;
using Hearth.Features.Moderation;
using Hearth.Features.Notifications;
using Hearth.Features.Operations;
using Hearth.Features.Operations.Import;
using Hearth.Features.Recommendations;
using Hearth.Features.Skills;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Realtime;
using Hearth.Realtime.Sockets;
using Npgsql;

// The commands of `hearth`; the first is the default.
return await CommandLine.RunNamed(
    args,
    ServeCommand.Serve(),
    LedgerCommands.Verify(),
    LedgerCommands.Rebuild(),
    ImportCommand.Import(),
    DatabaseCommands.Migrate(),
    DatabaseCommands.Schema());

namespace Hearth
{
    /// <summary>The table of contents: services, then routes, feature by feature.</summary>
    internal static class App
    {
        /// <summary>Builds the application over a migrated database. It is started by whoever built it: the serve command, or a test.</summary>
        public static WebApplication Build(HearthOptions options, NpgsqlDataSource database, Action<WebApplicationBuilder>? change = null)
        {
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
            {
                ApplicationName = "hearth",
                ContentRootPath = AppContext.BaseDirectory,
                EnvironmentName = options.IsProduction ? Environments.Production : Environments.Development,
            });
            builder.AddLogs(options);
            builder.AddListening(options);
            builder.Services.AddSingleton(options);
            builder.Services.AddSingleton(database);
            builder.Services.AddSingleton(TimeProvider.System);
            builder.AddPlatform();
            builder.AddOpenApiDocument();
            builder.Services.AddLedger();
            builder.AddJobs();
            builder.AddRealtime();
            builder.AddSockets();
            builder.AddHealth();
            builder.AddAccounts();
            builder.AddCommunity();
            builder.AddEngagement();
            builder.AddFollows();
            builder.AddSkills();
            builder.AddRecommendations();
            builder.AddFeeds();
            builder.AddAnalytics();
            builder.AddMessaging();
            builder.AddInteractions();
            builder.AddModeration();
            builder.AddNotifications();
            builder.AddLive();
            builder.AddOperations();
            change?.Invoke(builder);

            var app = builder.Build();
            app.UsePlatform();
            app.UseLedger();
            app.MapOpenApiDocument();
            app.MapHealth();
            app.MapRealtime();
            app.MapSockets();
            app.MapAccounts();
            app.MapCommunity();
            app.MapEngagement();
            app.MapFollows();
            app.MapSkills();
            app.MapFeeds();
            app.MapAnalytics();
            app.MapMessaging();
            app.MapInteractions();
            app.MapModeration();
            app.MapNotifications();
            app.MapOperations();
            return app;
        }
    }
}
