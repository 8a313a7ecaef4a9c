using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Rollups;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Badges;

/// <param name="Name">The badge's name, as the contract or an administrator gave it.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">What it is given for.</param>
/// <param name="Rule">What earns it; null for the contract's own.</param>
/// <param name="Holders">How many people have it.</param>
/// <param name="CreatedAt">Since when it can be earned.</param>
internal sealed record BadgeView(string Name, string Title, string Description, BadgeRuleView? Rule, long Holders, DateTime CreatedAt);

/// <param name="ActionType">One of the logged actions that count.</param>
/// <param name="Count">How many of them.</param>
/// <param name="Days">Within so many days (UTC) in a row; null: over all time.</param>
internal sealed record BadgeRuleView(string ActionType, int Count, int? Days = null);

/// <param name="Name">Lower case letters, digits and underscores; at most 50.</param>
/// <param name="Title">At most 100 characters.</param>
/// <param name="Description">At most 500 characters.</param>
/// <param name="Rule">What earns it, for past deeds too.</param>
internal sealed record NewBadge(string Name, string Title, BadgeRuleView Rule, string Description = "");

internal sealed record BadgeList(IReadOnlyList<BadgeView> Results, string? Next, string? Previous);

/// <param name="User">Either id of the person.</param>
internal sealed record NewAward(PersonId User);

internal sealed record AwardView(string Badge, long UserId, DateTime AwardedAt);

/// <summary>A badge that somebody has.</summary>
internal sealed record HeldBadge(string Name, DateTime AwardedAt);

/// <summary>Reads badges for people.</summary>
internal static class BadgeReads
{
    private const string ListSql =
        """
        -- badges.list
        select b.id, b.name, b.title, b.description, b.verb, b.count, b.days, b.created_at, (select count(*) from engagement_badges e where e.badge = b.id)
          from badges b order by b.id limit 500
        """;

    private const string TopSql =
        """
        -- badges.top_engagers
        select t.user_id from top_engagers t where not exists (select from engagement_badges e where e.user_id = t.user_id and e.badge = 8)
        """;

    // Who is among the top is judged daily; who has not even the least any more, because rows are void or days passed, is not at once.
    private static readonly string OfSql =
        $"""
        -- badges.of
        select b.name, e.awarded_at from engagement_badges e join badges b on b.id = e.badge where e.user_id = $1 and e.awarded_at <= $2
        union all
        select 'top_engager', t.since from top_engagers t where t.user_id = $1 and t.since <= $2
         and (select coalesce(sum(d.engagements), 0) from engagement_days d
               where d.scope = 1 and d.scope_id = $1 and d.day > ($2 at time zone 'UTC')::date - 30 and d.day <= ($2 at time zone 'UTC')::date) >= {TopEngagers.Least}
         and not exists (select from engagement_badges e where e.user_id = $1 and e.badge = 8)
        order by 2, 1
        """;

    private const string NamedSql =
        """
        -- badges.named
        select id, name from badges where id = any($1)
        """;

    /// <param name="db">Where badges are read.</param>
    /// <param name="month">Everyone's engagements of the month: who has the least of a top engager.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<List<BadgeView>> List(NpgsqlConnection db, PeopleBoard month, CancellationToken ct)
    {
        var top = await Top(db, month, ct);
        await using var command = new NpgsqlCommand(ListSql, db);
        var badges = new List<BadgeView>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var rule = row.IsDBNull(4)
                ? null
                : new BadgeRuleView(ActionTypes.NameOf((Verb)row.GetInt16(4)), row.GetInt32(5), row.IsDBNull(6) ? null : row.GetInt32(6));
            var holders = row.GetInt64(8) + (row.GetInt32(0) == (int)Badge.TopEngager ? top : 0);
            badges.Add(new BadgeView(row.GetString(1), row.GetString(2), row.GetString(3), rule, holders, row.GetDateTime(7)));
        }

        return badges;
    }

    private static async Task<int> Top(NpgsqlConnection db, PeopleBoard month, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(TopSql, db);
        await using var row = await command.ExecuteReaderAsync(ct);
        var holders = 0;
        while (await row.ReadAsync(ct))
            holders += month[row.GetInt64(0)] >= TopEngagers.Least ? 1 : 0;
        return holders;
    }

    /// <returns>The badges of a person that they had at a time, in the order in which they came.</returns>
    public static async Task<List<HeldBadge>> AsOf(NpgsqlConnection db, long user, DateTime at, CancellationToken ct)
    {
        var held = (await PastBadges.Of(db, user, at, ct)).ToDictionary(holding => holding.Badge, holding => holding.At);
        var badges = (await Of(db, user, at, ct)).FindAll(badge => badge.Name == TopEngagers.BadgeName && !held.ContainsKey((int)Badge.TopEngager));
        await using var command = new NpgsqlCommand(NamedSql, db) { Parameters = { new NpgsqlParameter<int[]> { TypedValue = [.. held.Keys] } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            badges.Add(new HeldBadge(row.GetString(1), held[row.GetInt32(0)]));
        return [.. badges.OrderBy(badge => badge.AwardedAt).ThenBy(badge => badge.Name, StringComparer.Ordinal)];
    }

    /// <returns>The badges of a person that they have now and were given by a time, in the order in which they came.</returns>
    public static async Task<List<HeldBadge>> Of(NpgsqlConnection db, long user, DateTime at, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(OfSql, db)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = user }, new NpgsqlParameter<DateTime> { TypedValue = at } },
        };
        var badges = new List<HeldBadge>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            badges.Add(new HeldBadge(row.GetString(0), row.GetDateTime(1)));
        return badges;
    }
}
