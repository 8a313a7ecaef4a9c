using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>The statements of the catalogue.</summary>
internal static class ContentStore
{
    private const string AddSql =
        """
        -- contents.add
        insert into contents (title, type, external_id, url) values ($1, $2, $3, $4)
        on conflict (external_id) do nothing
        returning id, title, type, external_id, url, created_at
        """;

    // An externalId goes before an id that looks like it. What is selected is not known to the planner, so a kept plan is as good as a new one.
    private const string FindSql =
        """
        -- contents.find
        select i.ref, c.id, c.external_id is not distinct from i.ref
          from unnest((select $1::text[]), (select $2::bigint[])) as i (ref, id)
         cross join lateral (
           select * from contents where external_id = i.ref
           union all
           select * from contents where id = i.id and not exists (select from contents where external_id = i.ref)) c
        """;

    public static async Task<ContentView?> Add(NpgsqlConnection db, ContentRequest request, CancellationToken ct)
    {
        await using var command = Sql.Command(
            db, AddSql, Sql.Text(request.Title), Sql.Text(request.Type), Sql.Text(request.ExternalId), Sql.Text(request.Url));
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? View(row) : null;
    }

    public static async Task<List<ContentView>> List(NpgsqlConnection db, string? type, string? externalId, KeysetQuery page, CancellationToken ct)
    {
        var (compare, order) = page.Backwards ? (">", "asc") : ("<", "desc");
        var from = page.Cursor is null ? "" : $"and id {compare} $4";
        await using var command = Sql.Command(
            db,
            $"""
            -- contents.list
            select id, title, type, external_id, url, created_at from contents
             where ($1::text is null or type = $1) and ($2::text is null or external_id = $2) {from}
             order by id {order} limit $3
            """,
            Sql.Text(type),
            Sql.Text(externalId),
            Sql.Value(page.Take));
        if (page.Cursor is { } cursor)
            command.Parameters.Add(Sql.Value(cursor.Long(0)));
        var contents = new List<ContentView>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            contents.Add(View(row));
        return contents;
    }

    /// <summary>The contents that texts name, each with whether it is its <c>externalId</c>.</summary>
    public static async Task<Dictionary<string, KnownContent>> Find(NpgsqlConnection db, string[] refs, CancellationToken ct)
    {
        await using var command = Sql.Command(db, FindSql, Sql.Array(refs), Sql.Array(refs, Number));
        var found = new Dictionary<string, KnownContent>(StringComparer.Ordinal);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            found[row.GetString(0)] = new KnownContent(row.GetInt64(1), row.GetBoolean(2));
        return found;
    }

    private static long? Number(string text) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) && text is not ['0', ..] ? id : null;

    private static ContentView View(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.TextOrNull(3), row.TextOrNull(4), row.GetDateTime(5));
}

/// <summary>A content that a request named, and by which of its names.</summary>
internal readonly record struct KnownContent(long Id, bool ByExternalId);
