using System.Globalization;
using Hearth.Jobs;
using Hearth.Platform;

namespace Hearth.Features.Operations.Caches;

/// <summary>Lets go of entries that are older than they may be, and reads ahead what many will ask for, on the node that runs it.</summary>
internal sealed class CacheMaintenance(NodeCaches caches, NodeWarmth warmth) : ScheduledJob
{
    public override string Name => "cache_maintenance";

    public override TimeSpan Period => CacheTrim.Every;

    public override bool IsBatch => true;

    public override async Task<string> Run(CancellationToken ct)
    {
        var trimmed = caches.Trim();
        var warmed = await warmth.Warm(ct);
        return string.Create(CultureInfo.InvariantCulture, $"{trimmed} old entries let go, {string.Join(" and ", warmed)} read ahead");
    }
}

/// <summary>Each node lets go of its own old entries: nobody is given one, and their room is for others.</summary>
internal sealed class CacheTrim(NodeCaches caches, TimeProvider time) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            caches.Trim();
    }
}
