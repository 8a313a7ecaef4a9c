using System.Globalization;
using Hearth.Features.Engagement.Badges;
using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Kept;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>A person's score, level and badges, now or as they were.</summary>
internal sealed class ReputationReads(KeptFigures kept, RulesOfNow rules, Apart apart, NpgsqlDataSource source, TimeProvider time)
{
    private const string NowSql =
        """
        -- engagement.reputation
        select u.username, u.is_private, u.created_at, e.at, coalesce(e.score, 0),
               coalesce(e.likes + e.comment_likes + e.comments + e.replies + e.mentions + e.joins + e.shares + e.bookmarks, 0),
               (select coalesce(sum(d.engagements), 0)::int from engagement_days d
                 where d.scope = 1 and d.scope_id = u.id and d.day >= $2 and d.day <= $3),
               u.uuid, u.display_name, u.profile_photo, u.bio
          from users u left join engagement_users e on e.user_id = u.id
         where u.id = $1
        """;

    public async Task<ReputationView> Own(long user, DateTime? asOf, CancellationToken ct)
    {
        var ((standing, badges), level) = await Read(user, asOf, ct);
        return new ReputationView(
            user,
            user,
            standing.Score,
            standing.Engagements,
            level,
            Display(level),
            [.. badges.Select(badge => badge.Name)],
            badges,
            standing.UpdatedAt);
    }

    /// <summary>What others may see; nothing of someone who is private, or whom a block keeps apart.</summary>
    public async Task<PublicReputationView> Public(long user, Caller caller, DateTime? asOf, CancellationToken ct)
    {
        var ((standing, badges), level) = await Read(user, asOf, ct);
        if (caller.UserId != user && !caller.IsModerator && (standing.IsPrivate || (await apart.Of(caller, ct)).Contains(user)))
            throw Failure.NotFound();
        var who = standing.Who;
        return new PublicReputationView(
            who.Id, user, standing.Username, who.DisplayName, who.Photo, who.Bio, who.Since, standing.Score, level, Display(level), [.. badges.Select(badge => badge.Name)], badges);
    }

    /// <summary>For people: <c>power_user</c> is "Power User".</summary>
    private static string Display(string level) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(level.Replace('_', ' '));

    private async Task<(Reputed Reputed, string Level)> Read(long user, DateTime? asOf, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (asOf is { } at && at < now)
            return await Past(user, at, ct);
        var key = new FigureKey("reputation", user, Days.Last(Days.Month, DateOnly.FromDateTime(now)));
        var reputed = await kept.Read(key, db => Now(db, key, now, ct), ct);
        return (reputed, (await rules.Timeline(ct)).At(now).LevelOf(reputed.Standing.Month));
    }

    private async Task<(Reputed Reputed, string Level)> Past(long user, DateTime at, CancellationToken ct)
    {
        var month = Days.Last(Days.Month, DateOnly.FromDateTime(at));
        await using var db = await source.OpenConnectionAsync(ct);
        var standing = await OfMonth(db, user, month, ct);
        var then = await RuleStore.AsOf(db, at, ct);
        var past = new Past(at, then);
        standing = standing with
        {
            Score = await past.Score(db, user, ct),
            Engagements = await past.Engagements(db, user, DateOnly.MinValue, ct),
            Month = await past.Engagements(db, user, month.From, ct),
            UpdatedAt = standing.UpdatedAt < at ? standing.UpdatedAt : at,
        };
        return (new Reputed(standing, await BadgeReads.AsOf(db, user, at, ct)), then.At(at).LevelOf(standing.Month));
    }

    private static async Task<Figures<Reputed>> Now(NpgsqlConnection db, FigureKey key, DateTime now, CancellationToken ct)
    {
        var standing = await OfMonth(db, key.Id, key.Days, ct);
        var badges = await BadgeReads.Of(db, key.Id, now, ct);
        return new Figures<Reputed>(new Reputed(standing, badges), 1 + badges.Count, [Topic.Person(key.Id), Topic.Rules]);
    }

    private static async Task<Standing> OfMonth(NpgsqlConnection db, long user, Days month, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(NowSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = user },
                new NpgsqlParameter<DateOnly> { TypedValue = month.From },
                new NpgsqlParameter<DateOnly> { TypedValue = month.To },
            },
        };
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
            throw Failure.NotFound();
        return new Standing(
            row.GetString(0), row.GetBoolean(1), row.IsDBNull(3) ? row.GetDateTime(2) : row.GetDateTime(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6),
            new Face(row.GetGuid(7), row.GetString(8), row.IsDBNull(9) ? null : row.GetString(9), row.GetString(10), row.GetDateTime(2)));
    }

    /// <summary>How a person shows themselves.</summary>
    private sealed record Face(Guid Id, string DisplayName, string? Photo, string Bio, DateTime Since);

    private sealed record Standing(string Username, bool IsPrivate, DateTime UpdatedAt, int Score, int Engagements, int Month, Face Who);

    private sealed record Reputed(Standing Standing, List<HeldBadge> Badges);
}
