using System.Globalization;
using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Feeds;

/// <summary>Who reads a feed: moderators see what is hidden.</summary>
internal readonly record struct FeedReader(long User, bool IsModerator);

/// <summary>Entries as a reader sees them, and no others.</summary>
internal static class FeedReads
{
    /// <summary>
    /// Who may see what a person does is the person's own choice; someone who is private does things for followers only. What is done to must be there
    /// for the reader, too: not hidden, not private, and of nobody whom a block keeps apart from the reader, like the doer.
    /// </summary>
    private static readonly string ShownSql =
        $"""
        -- feeds.shown
        with apart as materialized (select id from ({Blocks.From("$1")}) parted where not $2),
        e as materialized (
          select e.*, case when e.object_kind in (3, 14) then e.parent_id else e.object_id end as about,
                 case e.object_kind when 3 then 2 when 14 then 13 else e.object_kind end as kind
            from unnest($3::bigint[]) as k (id) join feed_entries e on e.id = k.id)
        select e.id, e.at, e.verb, e.kind, e.about, coalesce(s.uuid, t.uuid),
               coalesce(p.title, left(p.content, 80), s.title, nullif(t.display_name, ''), t.username, g.name, o.name, b.title),
               u.uuid, u.username, u.display_name, u.profile_photo
          from e
          join users u on u.id = e.actor
          left join posts p on e.kind = 2 and p.id = e.about
          left join comments c on e.object_kind = 3 and c.id = e.object_id
          left join skills s on e.kind = 13 and s.id = e.about
          left join skill_comments k on e.object_kind = 14 and k.id = e.object_id
          left join users t on e.kind = 1 and t.id = e.about
          left join groups g on e.kind = 4 and g.id = e.about
          left join courses o on e.kind = 5 and o.id = e.about
          left join badges b on e.kind = 8 and b.id = e.about
         where e.actor not in (select id from apart)
           and coalesce(p.author, s.author, t.id, g.owner, o.owner, 0) not in (select id from apart)
           and (e.actor = $1
                or case greatest(u.activity_visibility, u.is_private::int)
                     when 0 then true when 1 then exists (select from follows f where f.follower = $1 and f.followed = e.actor) else false end)
           and case e.object_kind
                 when 2 then p.id is not null and (not p.is_hidden or p.author = $1 or $2)
                 when 3 then p.id is not null and (not p.is_hidden or p.author = $1 or $2) and c.id is not null and (not c.is_hidden or c.author = $1 or $2)
                 when 1 then t.id is not null
                   and (t.id = $1
                        or case greatest(t.profile_visibility, t.is_private::int)
                             when 0 then true when 1 then exists (select from follows f where f.follower = $1 and f.followed = t.id) else false end)
                 when 4 then g.id is not null
                 when 5 then o.id is not null
                 when 8 then b.id is not null and (
                   exists (select from engagement_badges h where h.user_id = e.actor and h.badge = b.id)
                   or b.id = 8 and exists (select from top_engagers h where h.user_id = e.actor))
                 else s.id is not null
                   and (s.author = $1 or s.visibility <> 3 and ($2 or not s.is_hidden
                          and (s.visibility = 1 or exists (select from follows f where f.follower = $1 and f.followed = s.author))))
                   and (e.object_kind = 13 or k.id is not null and (not k.is_hidden or k.author = $1 or $2))
               end
        """;

    private const string StandSql =
        """
        -- feeds.stand
        select coalesce((select following from follow_counts where user_id = $1), 0),
               (select max(h.at) from follows f
                 cross join lateral (select at from feed_entries e where e.actor = f.followed order by e.at desc, e.id desc limit 1) h
                where f.follower = $1)
        """;

    /// <summary>Those of the entries that the reader may see, by id.</summary>
    public static async Task<Dictionary<long, FeedItem>> Shown(NpgsqlConnection db, FeedReader reader, long[] ids, CancellationToken ct)
    {
        var items = new Dictionary<long, FeedItem>(ids.Length);
        if (ids.Length == 0)
            return items;
        await using var command = Sql.Command(db, ShownSql, Sql.Value(reader.User), Sql.Value(reader.IsModerator), Sql.Value(ids));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            items.Add(row.GetInt64(0), Item(row));
        return items;
    }

    /// <returns>How many people the reader follows, and when one of them did something last.</returns>
    public static async Task<(int Following, DateTime? Latest)> Stand(NpgsqlConnection db, long user, CancellationToken ct)
    {
        await using var command = Sql.Command(db, StandSql, Sql.Value(user));
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt32(0), row.IsDBNull(1) ? null : row.GetDateTime(1));
    }

    private static FeedItem Item(NpgsqlDataReader row)
    {
        var id = row.IsDBNull(5) ? row.GetInt64(4).ToString(CultureInfo.InvariantCulture) : row.GetGuid(5).ToString();
        return new FeedItem(
            Position.Format(row.GetInt64(0)),
            FeedDeeds.Names[(Verb)row.GetInt16(2)],
            new FeedActor(row.GetGuid(7), row.GetString(8), row.GetString(9), row.TextOrNull(10)),
            new FeedObject(Kind((ObjectKind)row.GetInt32(3)), id, row.GetString(6)),
            row.GetDateTime(1));
    }

    private static string Kind(ObjectKind kind) => kind switch
    {
        ObjectKind.Post => "post",
        ObjectKind.Skill => "skill",
        ObjectKind.User => "user",
        ObjectKind.Group => "group",
        ObjectKind.Course => "course",
        _ => "badge",
    };
}
