using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Badges;

/// <summary>The detail of a <c>DefineBadge</c> row: so many actions of this verb, within days where they are given.</summary>
internal sealed record BadgeDetail(int Verb, int Count, int? Days)
{
    public string ToJson() => JsonSerializer.Serialize(this, BadgeDetailJson.Default.BadgeDetail);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BadgeDetail))]
internal sealed partial class BadgeDetailJson : JsonSerializerContext;

/// <summary>Follows the definitions of custom badges: a new one is given to past deeds too, a void one is nobody's.</summary>
internal static class BadgeDefinitions
{
    private const string AddSql =
        """
        -- engagement.badge_rules.add
        insert into engagement_badge_rules (badge, id, at, verb, count, days) values ($1, $2, $3, $4, $5, $6)
        on conflict (badge) do update set id = excluded.id, at = excluded.at, verb = excluded.verb, count = excluded.count, days = excluded.days
        """;

    private const string RemoveSql =
        """
        -- engagement.badge_rules.remove
        delete from engagement_badge_rules where badge = $1
        """;

    private const string ForgetSql =
        """
        -- engagement.badges.forget
        delete from engagement_badges where badge = $1
        """;

    private const string AwardedSql =
        """
        -- engagement.badges.awarded
        insert into engagement_badges (user_id, badge, id, awarded_at)
        select distinct on (subject) subject, $1, id, at from engagement_actions
         where verb = 81 and object_id = $1 and subject is not null order by subject, id
        """;

    public static async Task Follow(NpgsqlConnection db, LedgerRow row, bool holds, CancellationToken ct)
    {
        var badge = (int)row.ObjectId;
        await Execute(db, ct, ForgetSql, batch => batch.Value(badge));
        if (!holds)
        {
            await Execute(db, ct, RemoveSql, batch => batch.Value(badge));
            return;
        }

        var detail = JsonSerializer.Deserialize(row.Detail!, BadgeDetailJson.Default.BadgeDetail)!;
        await Execute(db, ct, AddSql, batch =>
        {
            batch.Value(badge).Value(row.Id).Value(row.At).Value((short)detail.Verb).Value(detail.Count);
            batch.Parameters.Add(new NpgsqlParameter { Value = (object?)detail.Days ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer });
        });
        await Execute(db, ct, AwardedSql, batch => batch.Value(badge));
        var rule = new BadgeRule(badge, Side.Given, [(Verb)detail.Verb], detail.Count, detail.Days) { Id = row.Id, At = row.At };
        await BadgeJudge.JudgeAll(db, rule, ct);
    }

    private static async Task Execute(NpgsqlConnection db, CancellationToken ct, string sql, Action<NpgsqlBatchCommand> bind)
    {
        await using var batch = new NpgsqlBatch(db);
        bind(batch.Command(sql));
        await batch.ExecuteNonQueryAsync(ct);
    }
}
