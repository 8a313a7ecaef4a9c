using System.Globalization;
using Hearth.Features.Engagement.Rollups;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Timeline;

/// <summary>One thing that the caller did.</summary>
/// <param name="Id">The ledger's row.</param>
/// <param name="ActionType">One of the thirteen logged actions.</param>
/// <param name="Post">The post of the action, if there is one and it is there to see.</param>
/// <param name="Comment">The comment of the action.</param>
/// <param name="Group">The group of the action.</param>
/// <param name="MentionedUser">Who was mentioned.</param>
/// <param name="Counts">False when the row is void.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record TimelineItem(
    long Id,
    string ActionType,
    TimelineObject? Post,
    TimelineObject? Comment,
    TimelineObject? Group,
    TimelinePerson? MentionedUser,
    bool Counts,
    DateTime CreatedAt);

/// <param name="Id">The object.</param>
/// <param name="Title">Its title, name or beginning; null when it is gone or hidden.</param>
internal sealed record TimelineObject(long Id, string? Title);

internal sealed record TimelinePerson(long Id, string Username);

/// <summary>A person's own history, as the ledger has it.</summary>
internal static class TimelineEndpoints
{
    public static void MapTimeline(this IEndpointRouteBuilder engagement) =>
        engagement.MapGet("/timeline", Get).RequireSignedIn().Limit(RateLimit.Reads).WithKeyset().Produces<KeysetPage<TimelineItem>>()
            .WithQuery("action_type", "One of the thirteen logged actions; left out: all.", "like_post", ActionTypes.All);

    /// <summary>What the caller did, the latest first: all logged actions or one <c>action_type</c>; <c>limit</c> to a page (20, at most 100).</summary>
    private static async Task<Answer> Get(HttpContext http, NpgsqlDataSource source)
    {
        var query = http.KeysetQuery(1);
        var verbs = ActionTypes.Asked(http) is { } verb ? [(short)verb] : ActionTypes.Logged;
        var rows = await Read(source, http.Caller().UserId, verbs, query, http.RequestAborted);
        return Answer.Ok(Keyset.Page(http, query, rows, item => [item.Id.ToString(CultureInfo.InvariantCulture)], item => item));
    }

    private static async Task<List<TimelineItem>> Read(NpgsqlDataSource source, long user, short[] verbs, KeysetQuery query, CancellationToken ct)
    {
        // The order is part of the text, so that the index gives the rows in it.
        var sql = query.Backwards ? Ordered(">", "asc") : Ordered("<", "desc");
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(sql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = user },
                new NpgsqlParameter<short[]> { TypedValue = verbs },
                new NpgsqlParameter<long> { TypedValue = query.Cursor?.Long(0) ?? long.MaxValue },
                new NpgsqlParameter<int> { TypedValue = query.Take },
            },
        };
        var items = new List<TimelineItem>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            items.Add(Item(row));
        return items;
    }

    // What a join does not concern is looked up by no key; a void is of a later partition than its row, or of the same.
    private static string Ordered(string compare, string order) =>
        $"""
        -- engagement.timeline.{order}
        select l.id, l.verb, l.object_kind, l.object_id, (l.detail ->> 'post')::bigint, l.at,
               case when not p.is_hidden or p.author = $1 then coalesce(p.title, left(p.content, 80)) end,
               case when not c.is_hidden or c.author = $1 then left(c.text, 80) end, g.name, m.id, m.username,
               not exists (select from ledger v where v.voids = l.id and v.id > l.id and v.verb = 100
                              and not exists (select from ledger u where u.voids = l.id and u.verb = 101 and u.id > v.id))
          from (select * from ledger l where l.actor = $1 and l.verb = any($2) and l.id {compare} $3 order by l.id {order} limit $4) l
          left join posts p on p.id = case when l.object_kind = 2 then l.object_id else (l.detail ->> 'post')::bigint end
          left join comments c on c.id = case when l.object_kind = 3 then l.object_id end
          left join groups g on g.id = case when l.object_kind = 4 then l.object_id end
          left join users m on m.id = case when l.verb = 7 then l.subject end
         order by l.id {order}
        """;

    private static TimelineItem Item(NpgsqlDataReader row)
    {
        var kind = (ObjectKind)row.GetInt16(2);
        var id = row.GetInt64(3);
        var post = kind == ObjectKind.Post ? id : row.IsDBNull(4) ? (long?)null : row.GetInt64(4);
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        return new TimelineItem(
            row.GetInt64(0),
            ActionTypes.NameOf((Verb)row.GetInt16(1)),
            post is { } one ? new TimelineObject(one, Text(6)) : null,
            kind == ObjectKind.Comment ? new TimelineObject(id, Text(7)) : null,
            kind == ObjectKind.Group ? new TimelineObject(id, Text(8)) : null,
            row.IsDBNull(9) ? null : new TimelinePerson(row.GetInt64(9), row.GetString(10)),
            row.GetBoolean(11),
            row.GetDateTime(5));
    }
}
