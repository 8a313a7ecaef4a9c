using Hearth.Features.Messaging.Tenancy;

namespace Hearth.Features.Messaging.Contacts;

/// <summary>A merge as it is stored.</summary>
internal sealed record MergeRow(long Id, long Kept, long Merged, long[] Members, DateTime? UndoneAt);

/// <summary>
/// The statements on merges. Nothing moves: a merged contact points to the one that it counts as, and so do those that pointed
/// to it. Taking the pointers back takes the merge back.
/// </summary>
internal static class MergeStore
{
    private const string PointSql =
        """
        -- merges.point
        update contacts set merged_into = $3 where tenant = $1 and (id = $2 or merged_into = $2) returning id
        """;

    private const string InsertSql =
        """
        -- merges.insert
        insert into contact_merges (tenant, kept, merged, members, actor, merged_at) values ($1, $2, $3, $4, $5, $6) returning uuid
        """;

    private const string LockSql =
        """
        -- merges.lock
        select id, kept, merged, members, undone_at from contact_merges where tenant = $1 and uuid = $2 for update
        """;

    private const string StandsSql =
        """
        -- merges.stands
        select exists (select from contacts where tenant = $1 and id = $2 and merged_into is null)
           and not exists (select from unnest($3) m where not exists (select from contacts where tenant = $1 and id = m and merged_into = $2))
        """;

    private const string ReturnSql =
        """
        -- merges.return
        update contacts set merged_into = case when id = $2 then null else $2 end where tenant = $1 and id = any($3)
        """;

    private const string UndoneSql =
        """
        -- merges.undone
        update contact_merges set undone_at = $3 where tenant = $1 and id = $2
        """;

    private const string ListSql =
        """
        -- merges.list
        select m.uuid, k.uuid, d.uuid, d.name, m.merged_at, m.undone_at
          from contact_merges m
          join contacts k on k.tenant = m.tenant and k.id = m.kept
          join contacts d on d.tenant = m.tenant and d.id = m.merged
         where m.tenant = $1 and ($2 is null or m.uuid = $2) and ($3 is null or k.uuid = $3)
         order by m.id desc limit 100
        """;

    /// <returns>Those that changed what they count as.</returns>
    public static Task<List<long>> Point(TenantDb db, long merged, long kept) => db.Rows(PointSql, row => row.GetInt64(0), merged, kept);

    public static Task<Guid> Insert(TenantDb db, long kept, long merged, long[] members, long actor, DateTime now) =>
        db.Value<Guid>(InsertSql, kept, merged, members, actor, now);

    public static Task<MergeRow?> Lock(TenantDb db, Guid id) => db.One(
        LockSql,
        row => new MergeRow(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<long[]>(3), row.IsDBNull(4) ? null : row.GetDateTime(4)),
        id);

    /// <returns>Whether all members still count as the kept one, and it is itself not merged.</returns>
    public static Task<bool> Stands(TenantDb db, MergeRow merge) => db.Value<bool>(StandsSql, merge.Kept, merge.Members);

    public static async Task Undo(TenantDb db, MergeRow merge, DateTime now)
    {
        await db.Execute(ReturnSql, merge.Merged, merge.Members);
        await db.Execute(UndoneSql, merge.Id, now);
    }

    public static async Task<MergeView> One(TenantDb db, Guid id) => (await List(db, id, null))[0];

    public static Task<List<MergeView>> OfContact(TenantDb db, Guid contact) => List(db, null, contact);

    private static Task<List<MergeView>> List(TenantDb db, Guid? merge, Guid? contact) => db.Rows(
        ListSql,
        row => new MergeView(row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.GetString(3), row.GetDateTime(4), row.IsDBNull(5) ? null : row.GetDateTime(5)),
        new Npgsql.NpgsqlParameter<Guid?> { TypedValue = merge, DataTypeName = "uuid" },
        new Npgsql.NpgsqlParameter<Guid?> { TypedValue = contact, DataTypeName = "uuid" });
}
