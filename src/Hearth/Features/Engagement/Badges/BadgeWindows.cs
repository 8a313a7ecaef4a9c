using Hearth.Features.Engagement.Actions;
using Hearth.Features.Engagement.Reputation;
using Hearth.Features.Engagement.Rollups;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Badges;

/// <summary>
/// The moving windows that badges look at: an author's viewers in 30 days, and custom rules with days. Read only for those who are
/// near enough to earn one.
/// </summary>
internal sealed class BadgeWindows(IReadOnlyList<BadgeRule> custom)
{
    private readonly BadgeRule[] windowed = [.. custom.Where(rule => rule.Days is not null)];
    private readonly Dictionary<long, ReachWindow> reach = [];
    private readonly Dictionary<(long User, Tally Tally, DateOnly Day), int> counts = [];

    public async Task Load(
        NpgsqlConnection db, IReadOnlyList<Deed> candidates, People people, long before, IReadOnlyCollection<(long User, int Badge)> held, CancellationToken ct)
    {
        var holders = held as IReadOnlySet<(long, int)> ?? new HashSet<(long, int)>(held);
        var views = candidates.Where(deed => deed.Verb == Verb.ViewPost && deed.Receiver is not null).ToLookup(deed => deed.Receiver!.Value);
        foreach (var author in views)
        {
            if (!holders.Contains((author.Key, (int)Badge.Influencer)) && people[author.Key][Total.ViewsReceived] + author.Count() >= BadgeBook.Reach)
                reach[author.Key] = await LoadReach(db, author.Key, [.. author], before, ct);
        }

        foreach (var rule in windowed)
        {
            var near = candidates.Where(deed => deed.Verb == rule.Verbs[0] && !holders.Contains((deed.Actor, rule.Badge))).ToList();
            if (near.Count > 0)
                await LoadCounts(db, rule, near, ct);
        }
    }

    public void Apply(in Change change)
    {
        var deed = change.Deed;
        if (deed.Verb == Verb.ViewPost && deed.Receiver is { } author && reach.TryGetValue(author, out var window))
            window.Count(deed.Actor, deed.Day, change.Sign);
        if (windowed.Length > 0 && Tallies.Of(deed.Verb) is { } tally)
        {
            var key = (deed.Actor, tally, deed.Day);
            counts[key] = counts.GetValueOrDefault(key) + change.Sign;
        }
    }

    public bool Reaches(long author, DateOnly day) => reach.TryGetValue(author, out var window) && window.Reaches(day);

    public bool Reaches(BadgeRule rule, long user, DateOnly day)
    {
        var tally = Tallies.Of(rule.Verbs[0])!.Value;
        var sum = 0;
        for (var i = 0; i < rule.Days; i++)
            sum += counts.GetValueOrDefault((user, tally, day.AddDays(-i)));
        return sum >= rule.Count;
    }

    private static async Task<ReachWindow> LoadReach(NpgsqlConnection db, long author, List<Deed> views, long before, CancellationToken ct)
    {
        var window = new ReachWindow();
        var from = views.Min(deed => deed.Day).AddDays(1 - BadgeBook.ReachDays);
        foreach (var (viewer, day) in await BadgeStore.Views(db, author, from, views.Max(deed => deed.Day), before, ct))
            window.Count(viewer, day, 1);
        return window;
    }

    private async Task LoadCounts(NpgsqlConnection db, BadgeRule rule, List<Deed> near, CancellationToken ct)
    {
        var tally = Tallies.Of(rule.Verbs[0])!.Value;
        var users = near.Select(deed => deed.Actor).Distinct().ToArray();
        var from = near.Min(deed => deed.Day).AddDays(1 - rule.Days!.Value);
        foreach (var (user, day, count) in await BadgeStore.DayCounts(db, Tallies.Columns[(int)tally], users, from, near.Max(deed => deed.Day), ct))
            counts[(user, tally, day)] = count;
    }
}
