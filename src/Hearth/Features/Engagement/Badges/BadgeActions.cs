using System.Text.RegularExpressions;
using Hearth.Features.Engagement.Rollups;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Engagement.Badges;

/// <summary>What administrators do with badges: define one, award one.</summary>
internal sealed partial class BadgeActions(Writes writes)
{
    private const string InsertSql =
        """
        -- badges.insert
        insert into badges (name, title, description, verb, count, days, created_by) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (name) do nothing returning id, created_at
        """;

    private const string FindSql =
        """
        -- badges.find
        select id from badges where name = $1
        """;

    // Awards of one badge take turns, so that the same one is not recorded twice.
    private const string HeldSql =
        """
        -- badges.held
        select e.awarded_at from engagement_badges e where e.user_id = $1 and e.badge = $2
        union all
        select l.at from ledger l
         where l.object_kind = 8 and l.object_id = $2 and l.verb = 81 and l.subject = $1 and l.actor is not null
           and not exists (select from ledger v where v.voids = l.id and v.id > l.id and v.verb = 100
                              and not exists (select from ledger u where u.voids = l.id and u.verb = 101 and u.id > v.id))
         limit 1
        """;

    public async Task<Answer> Define(HttpContext http)
    {
        var badge = await Body.Read<NewBadge>(http);
        var verb = Check(badge);
        var caller = http.Caller();
        await using var write = await writes.Begin(http);
        var (id, createdAt) = await Insert(write.Db, badge, verb, caller.UserId, http.RequestAborted)
            ?? throw Failure.Invalid("name", "A badge with this name already exists.");
        var detail = new BadgeDetail((int)verb, badge.Rule.Count, badge.Rule.Days);
        write.Append(new Entry(Verb.DefineBadge, ObjectKind.Badge, id) { Actor = caller.UserId, Detail = detail.ToJson() });
        return await write.Commit(Answer.Created(new BadgeView(badge.Name, badge.Title.Trim(), badge.Description.Trim(), badge.Rule, 0, createdAt)));
    }

    public async Task<Answer> Award(HttpContext http, string name, TimeProvider time)
    {
        var award = await Body.Read<NewAward>(http);
        var caller = http.Caller();
        await using var write = await writes.Begin(http);
        var badge = await Find(write.Db, name, http.RequestAborted) ?? throw Failure.NotFound();
        var user = await Recipient(write.Db, award.User, http.RequestAborted);
        await Execute(write.Db, "select pg_advisory_xact_lock(52, $1)", badge, http.RequestAborted);
        if (await Held(write.Db, user, badge, http.RequestAborted) is { } since)
            return await write.Commit(Answer.Ok(new AwardView(name, user, since)));
        write.Append(new Entry(Verb.AwardBadge, ObjectKind.Badge, badge) { Actor = caller.UserId, Subject = user });
        return await write.Commit(Answer.Created(new AwardView(name, user, time.GetUtcNow().UtcDateTime)));
    }

    private static Verb Check(NewBadge badge)
    {
        if (!Name().IsMatch(badge.Name))
            throw Failure.Invalid("name", "Enter a name of lower case letters, digits and underscores, at most 50.");
        if (badge.Title.Trim() is { Length: 0 or > 100 })
            throw Failure.Invalid("title", "Enter a title of at most 100 characters.");
        if (badge.Description.Length > 500)
            throw Failure.Invalid("description", "Ensure this field has no more than 500 characters.");
        var verb = ActionTypes.Parse("rule.action_type", badge.Rule.ActionType);
        if (!ActionTypes.Counts(verb))
            throw Failure.Invalid("rule.action_type", "Taking an action back earns nothing.");
        if (badge.Rule.Count is < 1 or > 1_000_000)
            throw Failure.Invalid("rule.count", "Ensure this value is from 1 to 1000000.");
        if (badge.Rule.Days is < 1 or > 365)
            throw Failure.Invalid("rule.days", "Ensure this value is from 1 to 365.");
        return verb;
    }

    private static async Task<(int Id, DateTime CreatedAt)?> Insert(NpgsqlConnection db, NewBadge badge, Verb verb, long by, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(InsertSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = badge.Name },
                new NpgsqlParameter<string> { TypedValue = badge.Title.Trim() },
                new NpgsqlParameter<string> { TypedValue = badge.Description.Trim() },
                new NpgsqlParameter<short> { TypedValue = (short)verb },
                new NpgsqlParameter<int> { TypedValue = badge.Rule.Count },
                new NpgsqlParameter { Value = (object?)badge.Rule.Days ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
                new NpgsqlParameter<long> { TypedValue = by },
            },
        };
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetInt32(0), row.GetDateTime(1)) : null;
    }

    private static async Task<int?> Find(NpgsqlConnection db, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(FindSql, db) { Parameters = { new NpgsqlParameter<string> { TypedValue = name } } };
        return (int?)await command.ExecuteScalarAsync(ct);
    }

    private static async Task<long> Recipient(NpgsqlConnection db, PersonId user, CancellationToken ct)
    {
        try
        {
            return await user.Find(db, ct);
        }
        catch (Failure failure) when (failure.Kind == FailureKind.NotFound)
        {
            throw Failure.Invalid("user", "There is no such person.");
        }
    }

    private static async Task<DateTime?> Held(NpgsqlConnection db, long user, int badge, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(HeldSql, db)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = user }, new NpgsqlParameter<int> { TypedValue = badge } },
        };
        return (DateTime?)await command.ExecuteScalarAsync(ct);
    }

    private static async Task Execute(NpgsqlConnection db, string sql, int value, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db) { Parameters = { new NpgsqlParameter<int> { TypedValue = value } } };
        await command.ExecuteNonQueryAsync(ct);
    }

    [GeneratedRegex(@"^[a-z0-9_]{1,50}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
