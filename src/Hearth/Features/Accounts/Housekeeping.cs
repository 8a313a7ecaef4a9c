using System.Globalization;
using Hearth.Jobs;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Accounts;

/// <summary>Forgets tokens that ended, and answers that were kept a day for repeats.</summary>
internal sealed class Housekeeping(NpgsqlDataSource source, Sessions sessions) : ScheduledJob
{
    public override string Name => "account_housekeeping";

    public override TimeSpan Period => TimeSpan.FromHours(1);

    public override async Task<string> Run(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var tokens = await SessionStore.Sweep(db, sessions.Now);
        var answers = await IdempotencySweep.Run(db, ct);
        return string.Create(CultureInfo.InvariantCulture, $"{tokens} token rows and {answers} kept answers removed or wiped");
    }
}
