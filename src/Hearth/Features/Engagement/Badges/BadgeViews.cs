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
    // Who is among the top is judged daily; who has not even the least any more, because rows are void or days passed, is not at once.
    private static readonly string TopSql =
        $"""
        (select coalesce(sum(d.engagements), 0) from engagement_days d
          where d.scope = 1 and d.scope_id = t.user_id and d.day > (@at at time zone 'UTC')::date - 30 and d.day <= (@at at time zone 'UTC')::date) >= {TopEngagers.Least}
         and not exists (select from engagement_badges e where e.user_id = t.user_id and e.badge = 8)
        """;

    private static readonly string ListSql =
        $"""
        -- badges.list
        select b.name, b.title, b.description, b.verb, b.count, b.days, b.created_at,
               (select count(*) from engagement_badges e where e.badge = b.id)
               + case b.id when 8 then (select count(*) from top_engagers t where {TopSql.Replace("@at", "$1", StringComparison.Ordinal)}) else 0 end
          from badges b order by b.id limit 500
        """;

    private static readonly string OfSql =
        $"""
        -- badges.of
        select b.name, e.awarded_at from engagement_badges e join badges b on b.id = e.badge where e.user_id = $1 and e.awarded_at <= $2
        union all
        select 'top_engager', t.since from top_engagers t
         where t.user_id = $1 and t.since <= $2 and {TopSql.Replace("@at", "$2", StringComparison.Ordinal)}
        order by 2, 1
        """;

    private const string NamedSql =
        """
        -- badges.named
        select id, name from badges where id = any($1)
        """;

    public static async Task<List<BadgeView>> List(NpgsqlConnection db, DateTime now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ListSql, db) { Parameters = { new NpgsqlParameter<DateTime> { TypedValue = now } } };
        var badges = new List<BadgeView>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var rule = row.IsDBNull(3)
                ? null
                : new BadgeRuleView(ActionTypes.NameOf((Verb)row.GetInt16(3)), row.GetInt32(4), row.IsDBNull(5) ? null : row.GetInt32(5));
            badges.Add(new BadgeView(row.GetString(0), row.GetString(1), row.GetString(2), rule, row.GetInt64(7), row.GetDateTime(6)));
        }

        return badges;
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
