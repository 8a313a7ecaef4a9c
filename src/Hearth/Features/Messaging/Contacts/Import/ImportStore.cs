using System.Text.Json;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Platform;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Messaging.Contacts.Import;

/// <summary>The statements on imports.</summary>
internal static class ImportStore
{
    private const int Shown = 1_000;

    private const string Columns =
        """
        id, uuid, total, done + invalid, added, known, invalid, (select jsonb_agg(e) from (select jsonb_array_elements(errors) e limit $3) f)::text, created_at, ended_at
          from contact_imports
        """;

    private const string InsertSql =
        """
        -- imports.insert
        insert into contact_imports (tenant, total, invalid, errors, rows, actor, created_at) values ($1, $2, $3, $4, $5, $6, $7) returning id
        """;

    private const string OneSql =
        $"""
        -- imports.one
        select {Columns} where tenant = $1 and uuid = $2
        """;

    private const string ByIdSql =
        $"""
        -- imports.by_id
        select {Columns} where tenant = $1 and id = $2
        """;

    private const string LockSql =
        """
        -- imports.lock
        select id from contact_imports where tenant = $1 and id = $2 and ended_at is null for update
        """;

    // The rows are found by their place: nothing is rewritten while an import goes on.
    private const string ChunkSql =
        """
        -- imports.chunk
        select done, (select coalesce(jsonb_agg(r order by n), '[]') from jsonb_array_elements(rows) with ordinality e (r, n) where n > done and n <= done + $3)::text
          from contact_imports where tenant = $1 and id = $2
        """;

    private const string AddSql =
        """
        -- imports.add
        insert into contacts (tenant, name, phone, email, tags, created_at)
        select $1, r.name, r.phone, r.email, coalesce(string_to_array(r.tags, chr(31)), '{}'), $6
          from unnest($2, $3, $4, $5) with ordinality r (name, phone, email, tags, n) order by r.n
        on conflict do nothing
        returning id, uuid
        """;

    private const string TagSql =
        """
        -- imports.tag
        update contacts c set tags = c.tags || r.more
          from (select k.id, array_agg(distinct t.tag) as more
                  from unnest($2, $3, $4) r (phone, email, tags)
                  join contacts k on k.tenant = $1 and (k.phone = r.phone or lower(k.email) = lower(r.email))
                 cross join unnest(string_to_array(r.tags, chr(31))) t (tag)
                 where not t.tag = any(k.tags)
                 group by k.id) r
         where c.tenant = $1 and c.id = r.id
        """;

    private const string AdvanceSql =
        """
        -- imports.advance
        update contact_imports
           set done = done + $3, added = added + $4, known = known + $5, ended_at = case when done + $3 + invalid >= total then $6 end,
               rows = case when done + $3 + invalid >= total then '[]' else rows end
         where tenant = $1 and id = $2
        """;

    public static Task<long> Insert(TenantDb db, ParsedImport import, long actor, DateTime now) => db.Value<long>(
        InsertSql, import.Total, import.Bad.Count, Jsonb(JsonSerializer.Serialize(import.Bad, Json.Of<List<BadRow>>())), Jsonb(JsonSerializer.Serialize(import.Good, Json.Of<List<ImportRow>>())), actor, now);

    public static async Task<ImportView?> One(TenantDb db, Guid id, int errors = Shown) => (await db.One(OneSql, Read, id, errors))?.View;

    public static async Task<ImportView> One(TenantDb db, long id) => (await db.One(ByIdSql, Read, id, Shown))!.View;

    /// <returns>Whether there is still something to do; it is locked then.</returns>
    public static async Task<bool> Lock(TenantDb db, long id) => await db.Value<long>(LockSql, id) > 0;

    /// <returns>The next rows.</returns>
    public static async Task<List<ImportRow>> Chunk(TenantDb db, long id, int rows) =>
        (await db.Rows(ChunkSql, row => JsonSerializer.Deserialize(row.GetString(1), Json.Of<List<ImportRow>>())!, id, rows))[0];

    /// <returns>The new contacts; rows whose phone number or address is known made none.</returns>
    public static async Task<List<Guid>> Add(TenantDb db, List<ImportRow> rows, DateTime now)
    {
        var added = await db.Rows(AddSql, row => (Id: row.GetInt64(0), Uuid: row.GetGuid(1)), Texts(rows, row => row.Name), Texts(rows, row => row.Phone), Texts(rows, row => row.Email), Tags(rows), now);
        if (added.Count < rows.Count && rows.Exists(row => row.Tags.Length > 0))
            await db.Execute(TagSql, Texts(rows, row => row.Phone), Texts(rows, row => row.Email), Tags(rows));
        return [.. added.OrderBy(one => one.Id).Select(one => one.Uuid)];
    }

    public static Task Advance(TenantDb db, long id, int done, int added, DateTime now) => db.Execute(AdvanceSql, id, done, added, done - added, now);

    /// <summary>Imports, the newest first, without their bad rows.</summary>
    public static async Task<List<(long Id, ImportView View)>> List(TenantDb db, KeysetQuery page)
    {
        var (compare, order) = page.Backwards ? (">", "asc") : ("<", "desc");
        var sql =
            $"""
            -- imports.list.{order}
            select {Columns} where tenant = $1 and id {compare} $2 order by id {order} limit $4
            """;
        var rows = await db.Rows(sql, Read, page.Cursor?.Long(0) ?? long.MaxValue, 0, page.Take);
        return rows.ConvertAll(row => (row.Id, row.View));
    }

    private static NpgsqlParameter<string?[]> Tags(List<ImportRow> rows) => Texts(rows, row => row.Tags.Length == 0 ? null : string.Join('\u001f', row.Tags));

    private static NpgsqlParameter<string?[]> Texts(List<ImportRow> rows, Func<ImportRow, string?> text) =>
        new() { TypedValue = [.. rows.Select(text)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter Jsonb(string json) => new() { Value = json, NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static Stored Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        new ImportView(
            row.GetGuid(1),
            row.IsDBNull(9) ? "running" : "completed",
            row.GetInt32(2),
            row.GetInt32(3),
            row.GetInt32(4),
            row.GetInt32(5),
            row.GetInt32(6),
            row.IsDBNull(7) ? [] : JsonSerializer.Deserialize(row.GetString(7), Json.Of<List<BadRow>>())!,
            row.GetDateTime(8),
            row.IsDBNull(9) ? null : row.GetDateTime(9)));

    private sealed record Stored(long Id, ImportView View);
}
