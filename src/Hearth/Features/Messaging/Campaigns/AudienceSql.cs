using Hearth.Features.Messaging.Channels;
using Hearth.Features.Messaging.Segments;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Campaigns;

/// <summary>An audience as a condition on contacts.</summary>
internal static class AudienceSql
{
    private const int MostContacts = 10_000;

    public static void Check(Audience audience)
    {
        if (audience.Tags is not { Count: > 0 } && audience.Contacts is not { Count: > 0 } && audience.Segment is null)
            throw Failure.Invalid("audience", "Give tags, contacts or a segment.");
        if (audience.Contacts is { Count: > MostContacts } || audience.Tags is { Count: > 100 })
            throw Failure.Invalid("audience", $"At most {MostContacts} contacts and 100 tags.");
        if (audience.Tags?.Exists(tag => string.IsNullOrWhiteSpace(tag)) == true)
            throw Failure.Invalid("tags", "A tag may not be blank.");
        if (audience.Segment is { } segment)
            SegmentSql.Check(segment);
    }

    /// <summary>
    /// Those of the audience who can be reached and did not opt out: a condition on <c>contacts c</c>, with its values added. Of
    /// merged contacts the one that they count as stands for all of them.
    /// </summary>
    public static string Condition(Audience audience, string channel, DateTime now, List<object?> values)
    {
        var wanted = new List<string>();
        if (audience.Tags is { Count: > 0 } tags)
            wanted.Add($"m.tags && {Value(tags.Select(tag => tag.Trim()).ToArray())}");
        if (audience.Contacts is { Count: > 0 } contacts)
            wanted.Add($"m.uuid = any({Value(contacts.ToArray())})");
        if (audience.Segment is { } segment)
            wanted.Add($"(m.user_id is not null and {SegmentSql.Condition(segment, now, values)})");
        return $"""
            c.tenant = $1 and c.merged_into is null and {Reached(channel)}
               and not exists (select from contacts o where o.tenant = $1 and (o.id = c.id or o.merged_into = c.id) and o.opted_out_at is not null)
               and c.id in (select coalesce(m.merged_into, m.id) from contacts m where m.tenant = $1 and ({string.Join(" or ", wanted)}))
            """;

        string Value(object value)
        {
            values.Add(value);
            // $1 is the tenant.
            return $"${values.Count + 1}";
        }
    }

    private static string Reached(string channel) => channel switch
    {
        ChannelNames.Email => $"({Has("email")})",
        ChannelNames.Webhook => $"({Has("phone")} or {Has("email")})",
        _ => "true",
    };

    private static string Has(string column) =>
        $"c.{column} is not null or exists (select from contacts l where l.tenant = $1 and l.merged_into = c.id and l.{column} is not null)";
}
