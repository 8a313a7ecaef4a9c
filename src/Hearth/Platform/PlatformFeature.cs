namespace Hearth.Platform;

/// <summary>What every route needs: one way in, one way to fail, one way to be asked.</summary>
internal static class PlatformFeature
{
    public static void AddPlatform(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddSingleton<ServerKeys>();
        builder.Services.AddSingleton<AccessTokens>();
        builder.Services.AddSingleton<AppealTokens>();
        builder.Services.AddSingleton<AccessStore>();
        builder.Services.AddSingleton<Authenticator>();
        builder.Services.AddSingleton<ICacheHolder>(provider => provider.GetRequiredService<Authenticator>());
        builder.Services.AddSingleton<NodeCaches>();
        builder.Services.AddSingleton<NodeWarmth>();
        builder.Services.AddSingleton<PublicRoutes>();
        builder.Services.AddSingleton<Limiter>();
        builder.Services.AddSingleton<ClientAddress>();
        builder.Services.AddSingleton<Cors>();
        builder.Services.AddSingleton<RouteMetrics>();
    }

    /// <summary>Called before any route is mapped.</summary>
    public static void UsePlatform(this WebApplication app)
    {
        app.UseMiddleware<FrontDoor>();
        app.UseRouting();
        app.UseMiddleware<Gate>();
        app.UseConsole();
    }
}
