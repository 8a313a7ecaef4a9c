using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Realtime.Sockets;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>Skills that people share with each other, and how they are found.</summary>
internal static class SkillsFeature
{
    public static void AddSkills(this WebApplicationBuilder builder)
    {
        Json.Add(SkillsJson.Default);
        var services = builder.Services;
        services.AddSingleton<SkillActions>();
        services.AddSingleton<MarkActions>();
        services.AddSingleton<Likes>();
        services.AddSingleton<ViewedSkills>();
        services.AddSingleton<SkillComments>();
        services.AddSingleton<SkillTasks>();
        services.AddSingleton<Skips>();
        services.AddSingleton<IVoidable, SkillVoids>();
        services.AddSingleton<IModerated, ModeratedSkills>();
        services.AddSingleton<IPersonal, SkillPersonal>();
        services.AddSingleton<ScheduledJob, SkillPurge>();
        services.AddSingleton<ScheduledJob, Trending>();
        services.AddSingleton<ScheduledJob, SkillDays>();
        services.AddSingleton<ISocketEvents, SkillUpdates>();
        services.AddSingleton<ISocketEvents, TrendingUpdates>();
        services.AddSingleton<FindSkill>(provider => SkillReads.Finder(provider.GetRequiredService<NpgsqlDataSource>()));
        foreach (var check in SkillChecks.All)
            services.AddSingleton(check);
    }

    public static void MapSkills(this IEndpointRouteBuilder routes)
    {
        var social = routes.MapGroup("/api/v1/social").WithDialect(Dialect.Problem).RequireSignedIn();
        social.MapSkillRoutes();
        social.MapSkillMarks();
        social.MapSkillComments();
        social.MapSkillTasks();
        routes.MapDiscovery();
    }
}
