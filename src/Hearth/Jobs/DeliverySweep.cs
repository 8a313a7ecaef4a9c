using System.Globalization;
using Npgsql;

namespace Hearth.Jobs;

/// <summary>Removes deliveries that ended more than 30 days ago.</summary>
internal sealed class DeliverySweep(NpgsqlDataSource source) : ScheduledJob
{
    private const int Chunk = 5_000;

    public override string Name => "delivery_sweep";

    public override TimeSpan Period => TimeSpan.FromHours(1);

    public override async Task<string> Run(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var all = 0;
        int swept;
        do
        {
            swept = await DeliveryStore.Sweep(db, Chunk, ct);
            all += swept;
        }
        while (swept >= Chunk);

        return string.Create(CultureInfo.InvariantCulture, $"{all} removed");
    }
}
