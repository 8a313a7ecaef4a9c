using Hearth.Database;
using Hearth.Features.Messaging.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Messaging.Activity;

/// <summary>The statements that read recent activity. Names are as they are now.</summary>
internal static class ActivityReads
{
    private const string CountSql =
        """
        -- activities.total
        select coalesce(sum(count), 0)::bigint from messaging_activity_counts where tenant = $1 and ($2::smallint is null or type = $2)
        """;

    // A few lengths as text, not as a value: the plan must know that it is about a handful of rows.
    private static readonly int[] Lengths = [10, 25, 50, 100];

    public static Task<long> Count(TenantDb db, ActivityType? type) =>
        db.Value<long>(CountSql, new NpgsqlParameter<short?> { TypedValue = (short?)type, NpgsqlDbType = NpgsqlDbType.Smallint });

    /// <summary>The latest lines, of one type or all.</summary>
    public static async Task<List<ActivityView>> Latest(TenantDb db, ActivityType? type, int limit, DateTime now)
    {
        var filter = type is null ? "" : " and type = $2";
        var sql =
            $"""
            -- activities.latest
            select a.type, a.uuid, a.at, a.count, a.contacts, u.display_name,
                   v.uuid, k.name, v.subject, m.uuid, m.body,
                   g.uuid, g.name, g.sent, g.delivered, g.total,
                   n.uuid, n.name, n.phone, n.email,
                   t.uuid, t.name, t.category, t.language, t.channel
              from (select * from messaging_activities where tenant = $1{filter} order by at desc, id desc limit {Array.Find(Lengths, length => length >= limit)}) a
              left join users u on u.id = a.actor
              left join messages m on m.tenant = $1 and m.id = case when a.type = 1 then a.object end
              left join conversations v on v.tenant = $1 and v.id = m.conversation
              left join contacts c on c.tenant = $1 and c.id = m.contact
              left join contacts k on k.tenant = $1 and k.id = coalesce(c.merged_into, c.id)
              left join mailings g on g.tenant = $1 and g.id = case when a.type in (2, 5) then a.object end
              left join contacts n on n.tenant = $1 and n.uuid = case when a.type = 3 then a.contacts[1] end
              left join templates t on t.tenant = $1 and t.id = case when a.type = 4 then a.object end
             order by a.at desc, a.id desc
            """;
        var lines = await db.Rows(sql, row => View(row, now), type is { } wanted ? [(short)wanted] : []);
        return lines.Count > limit ? lines[..limit] : lines;
    }

    private static ActivityView View(NpgsqlDataReader row, DateTime now)
    {
        var type = (ActivityType)row.GetInt16(0);
        var (uuid, at, actor) = (row.GetGuid(1), row.GetDateTime(2), row.TextOrNull(5) ?? "System");
        var isLive = type is ActivityType.ConversationReply or ActivityType.CampaignStarted && now - at <= ActivityWords.Live;
        var (id, title, description, metadata) = type switch
        {
            ActivityType.ConversationReply => Reply(row, uuid),
            ActivityType.CampaignCompleted => Completed(row),
            ActivityType.CampaignStarted => Started(row, actor),
            ActivityType.ContactAdded => Contact(row),
            ActivityType.ContactsAdded => Contacts(row, uuid),
            _ => Template(row, uuid, actor),
        };
        return new ActivityView(id, type.Name(), title, description, at, ActivityWords.Ago(now - at), isLive, metadata);
    }

    private static (string, string, string, object) Reply(NpgsqlDataReader row, Guid uuid)
    {
        var (name, subject) = (row.GetString(7), row.GetString(8));
        return ($"msg_{uuid}", $"{name} replied to conversation {subject}", $"New message: {ActivityWords.Begin(row.GetString(10))}",
            new ReplyMetadata(row.GetGuid(6), name, subject, row.GetGuid(9)));
    }

    private static (string, string, string, object) Completed(NpgsqlDataReader row)
    {
        var (uuid, name, sent, delivered) = (row.GetGuid(11), row.GetString(12), row.GetInt32(13), row.GetInt32(14));
        var rate = Percent.Of(delivered, sent);
        return ($"camp_{uuid}", $"System completed campaign {name}", $"{ActivityWords.Number(rate)}% delivered", new CompletedMetadata(uuid, name, rate, sent, delivered));
    }

    private static (string, string, string, object) Started(NpgsqlDataReader row, string actor)
    {
        var (uuid, name, total) = (row.GetGuid(11), row.GetString(12), row.GetInt32(15));
        return ($"campstart_{uuid}", $"{actor} started campaign {name}", $"Sending to {total} recipient{(total == 1 ? "" : "s")}", new StartedMetadata(uuid, name, total));
    }

    private static (string, string, string, object) Contact(NpgsqlDataReader row)
    {
        var (uuid, name, phone) = (row.GetGuid(16), row.GetString(17), row.TextOrNull(18));
        return ($"contact_{uuid}", $"{name} added to contacts", $"New contact: {phone ?? row.TextOrNull(19) ?? name}", new ContactMetadata(uuid, name, phone));
    }

    private static (string, string, string, object) Contacts(NpgsqlDataReader row, Guid uuid)
    {
        var count = row.GetInt32(3);
        return ($"contacts_{uuid}", $"Added {count} new contacts", "Bulk import completed", new ContactsMetadata(count, row.GetFieldValue<Guid[]>(4)));
    }

    private static (string, string, string, object) Template(NpgsqlDataReader row, Guid uuid, string actor)
    {
        var metadata = new TemplateMetadata(row.GetGuid(20), row.GetString(21), row.GetString(22), row.GetString(23), row.GetString(24));
        return ($"template_{uuid}", $"{actor} approved template {metadata.TemplateName}",
            $"{ActivityWords.Capital(metadata.Category)} - {ActivityWords.Language(metadata.Language)}", metadata);
    }
}
