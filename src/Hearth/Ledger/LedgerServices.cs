namespace Hearth.Ledger;

/// <summary>The ledger's services: what <c>Program.cs</c> sees of this folder.</summary>
internal static class LedgerServices
{
    public static void AddLedger(this IServiceCollection services)
    {
        services.AddSingleton<LedgerSignal>();
        services.AddSingleton<Writes>();
        services.AddSingleton<Partitions>();
        services.AddSingleton<Rebuilds>();
        services.AddSingleton<Verification>();
        services.AddSingleton<Voids>();
        services.AddSingleton<IPersonal, LedgerPersonal>();
        services.AddSingleton<PositionGate>();
        services.AddHosted<PartitionWatch>();
        services.AddHosted<LedgerTail>();
        services.AddHosted<Projections>();
        services.AddHosted<DriftWatch>();
        services.AddHosted<NodeWakeups>();
        services.AddSingleton<ITailReader>(provider => provider.GetRequiredService<NodeWakeups>());
    }

    public static void AddProjection<T>(this IServiceCollection services)
        where T : Projection => services.AddSingleton<Projection, T>();

    /// <summary>A background service that others can ask for, too.</summary>
    public static void AddHosted<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }

    /// <summary>Called behind <c>UsePlatform</c>, before any route is mapped.</summary>
    public static void UseLedger(this WebApplication app) => app.UseMiddleware<LedgerGate>();
}
