using System.Text.RegularExpressions;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Campaigns;

/// <summary>Counts clicks on tracked links; those of one moment are one transaction.</summary>
internal sealed partial class Clicks(NpgsqlDataSource source, LedgerSignal signal) : IAsyncDisposable
{
    private readonly BatchWriter<Entry, bool> writer = new("clicks", source, signal, 1, Flush);

    /// <returns>The click's position.</returns>
    public async Task<long> Count(int campaign, long? actor)
    {
        var click = new Entry(Verb.ClickLink, ObjectKind.Promo, campaign) { Actor = actor, Campaign = campaign };
        return (await writer.Add(click)).Position;
    }

    /// <summary>Whether a person asks: no program that looks at links, nor a browser that only looks ahead.</summary>
    public static bool IsPerson(HttpRequest request) =>
        !Robots().IsMatch(request.Headers.UserAgent.ToString())
        && !request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase)
        && !request.Headers["Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase);

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private static async Task<(IReadOnlyList<Outcome<bool>> Outcomes, long Position)> Flush(
        NpgsqlConnection db, IReadOnlyList<Entry> clicks, CancellationToken ct)
    {
        var position = await LedgerStore.Append(db, clicks, ct);
        return ([.. clicks.Select(_ => new Outcome<bool>(true))], position);
    }

    [GeneratedRegex(
        @"bot\b|bots\b|crawl|spider|slurp|facebookexternalhit|embedly|linkpreview|link preview|whatsapp|pinterest|skypeuripreview|mediapartners|headless|archiver|monitor",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Robots();
}
