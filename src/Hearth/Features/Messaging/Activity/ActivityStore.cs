using Hearth.Database;
using Hearth.Features.Messaging.Tenancy;

namespace Hearth.Features.Messaging.Activity;

/// <summary>Writes the lines of recent activity, and counts them, in the transaction of what they tell of.</summary>
internal static class ActivityStore
{
    private const int Named = 5;

    private const string ContactsSql =
        """
        -- activities.contacts
        insert into messaging_activities as a (tenant, type, at, hour, count, contacts) values ($1, case when $4 > 1 then 6 else 3 end, $2, $3, $4, $5)
        on conflict (tenant, hour) where hour is not null do update
           set type = 6, at = greatest(a.at, excluded.at), count = a.count + excluded.count, contacts = (a.contacts || excluded.contacts)[1:5]
        returning count
        """;

    private const string AddSql =
        """
        -- activities.add
        insert into messaging_activities (tenant, uuid, type, at, object, actor) values ($1, $2, $3, $4, $5, $6)
        """;

    private const string CountSql =
        """
        -- activities.count
        insert into messaging_activity_counts as c (tenant, type, slot, count) values ($1, $2, $3, $4)
        on conflict (tenant, type, slot) do update set count = c.count + excluded.count
        """;

    /// <summary>New contacts: one line per clock hour of the tenant's, however many they are.</summary>
    /// <param name="first">The first of them, in order; more than five are not kept.</param>
    public static async Task ContactsAdded(TenantDb db, DateTime now, IEnumerable<Guid> first, int count)
    {
        if (count == 0)
            return;
        var all = await db.Value<int>(ContactsSql, now, db.Tenant.Hour(now), count, first.Take(Named).ToArray());
        var before = all - count;
        if (before == 0)
            await Count(db, count > 1 ? ActivityType.ContactsAdded : ActivityType.ContactAdded, 1);
        if (before != 1)
            return;
        await Count(db, ActivityType.ContactAdded, -1);
        await Count(db, ActivityType.ContactsAdded, 1);
    }

    /// <param name="id">The UUID in the line's id.</param>
    /// <param name="about">The id of the message, campaign or template.</param>
    public static async Task Add(TenantDb db, ActivityType type, Guid id, long about, long? actor, DateTime now)
    {
        await db.Execute(AddSql, id, (short)type, now, about, Sql.Number(actor));
        await Count(db, type, 1);
    }

    private static Task<int> Count(TenantDb db, ActivityType type, long by) => db.Execute(CountSql, (short)type, DayCounts.Slot(), by);
}
