using Hearth.Database;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Messaging.Templates;

/// <summary>A template as it is stored.</summary>
internal sealed record TemplateRow(long Id, TemplateView View);

/// <summary>The statements on templates.</summary>
internal static class TemplateStore
{
    private const string Columns =
        """
        t.id, t.uuid, t.name, t.category, t.language, t.channel, v.body, v.status, t.version, t.approved, v.reason, t.created_at
          from templates t join template_versions v on v.tenant = t.tenant and v.template = t.id and v.version = t.version
        """;

    private const string InsertSql =
        """
        -- templates.insert
        insert into templates (tenant, name, category, language, channel, created_at) values ($1, $2, $3, $4, $5, $6) returning id
        """;

    private const string VersionSql =
        """
        -- templates.add_version
        insert into template_versions (tenant, template, version, body, author, created_at) values ($1, $2, $3, $4, $5, $6)
        """;

    private const string DraftSql =
        """
        -- templates.draft
        update template_versions set body = $4, status = 'draft', reason = null where tenant = $1 and template = $2 and version = $3
        """;

    private const string UpdateSql =
        """
        -- templates.update
        update templates set name = $3, category = $4, version = $5 where tenant = $1 and id = $2
        """;

    private const string OneSql =
        $"""
        -- templates.one
        select {Columns} where t.tenant = $1 and t.uuid = $2
        """;

    private const string ByIdSql =
        $"""
        -- templates.by_id
        select {Columns} where t.tenant = $1 and t.id = $2
        """;

    private const string LockSql =
        """
        -- templates.lock
        select id from templates where tenant = $1 and uuid = $2 for update
        """;

    private const string DecideSql =
        """
        -- templates.decide
        update template_versions set status = $4, reason = $5, decided_by = $6, decided_at = case when $6::bigint is null then null else $7 end
         where tenant = $1 and template = $2 and version = $3
        """;

    private const string ApproveSql =
        """
        -- templates.approve
        update templates set approved = version where tenant = $1 and id = $2
        """;

    private const string VersionsSql =
        """
        -- templates.versions
        select v.version, v.body, v.status, v.reason, a.username, d.username, v.decided_at, v.created_at
          from template_versions v left join users a on a.id = v.author left join users d on d.id = v.decided_by
         where v.tenant = $1 and v.template = $2
         order by v.version desc limit 100
        """;

    private const string BodySql =
        """
        -- templates.body
        select body from template_versions where tenant = $1 and template = $2 and version = $3
        """;

    public static async Task<long> Insert(TenantDb db, NewTemplate template, long author, DateTime now)
    {
        var id = await db.Value<long>(InsertSql, template.Name, template.Category, template.Language, template.Channel, now);
        await AddVersion(db, id, 1, template.Body, author, now);
        return id;
    }

    public static Task AddVersion(TenantDb db, long id, int version, string body, long author, DateTime now) =>
        db.Execute(VersionSql, id, version, body, author, now);

    /// <summary>Words a version anew that nobody decided on.</summary>
    public static Task Redraft(TenantDb db, long id, int version, string body) => db.Execute(DraftSql, id, version, body);

    public static Task Update(TenantDb db, long id, string name, string category, int version) => db.Execute(UpdateSql, id, name, category, version);

    public static Task<TemplateRow?> One(TenantDb db, Guid id) => db.One(OneSql, Read, id);

    public static Task<TemplateRow?> One(TenantDb db, long id) => db.One(ByIdSql, Read, id);

    public static async Task<TemplateRow?> Lock(TenantDb db, Guid id) => await db.Value<long>(LockSql, id) > 0 ? await One(db, id) : null;

    /// <param name="by">Who decided; null where it is submitted only.</param>
    public static Task Decide(TenantDb db, TemplateRow template, string status, string? reason, long? by, DateTime now) =>
        db.Execute(DecideSql, template.Id, template.View.Version, status, Sql.Text(reason), Sql.Number(by), now);

    public static Task Approve(TenantDb db, long id) => db.Execute(ApproveSql, id);

    public static async Task<string> Body(TenantDb db, long id, int version) => (await db.Value<string>(BodySql, id, version))!;

    public static Task<List<TemplateVersionView>> Versions(TenantDb db, long id) => db.Rows(
        VersionsSql,
        row => new TemplateVersionView(
            row.GetInt32(0),
            row.GetString(1),
            row.GetString(2),
            row.TextOrNull(3),
            row.TextOrNull(4),
            row.TextOrNull(5),
            row.IsDBNull(6) ? null : row.GetDateTime(6),
            row.GetDateTime(7)),
        id);

    /// <summary>Templates, the newest first.</summary>
    public static Task<List<TemplateRow>> List(TenantDb db, string? status, KeysetQuery page)
    {
        var (compare, order) = page.Backwards ? (">", "asc") : ("<", "desc");
        var sql =
            $"""
            -- templates.list.{order}
            select {Columns} where t.tenant = $1 and t.id {compare} $2 and ($4::text is null or v.status = $4) order by t.id {order} limit $3
            """;
        return db.Rows(sql, Read, page.Cursor?.Long(0) ?? long.MaxValue, page.Take, Sql.Text(status));
    }

    private static TemplateRow Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        new TemplateView(
            row.GetGuid(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            row.GetString(6),
            row.GetString(7),
            row.GetInt32(8),
            row.IsDBNull(9) ? null : row.GetInt32(9),
            row.TextOrNull(10),
            row.GetDateTime(11)));
}
