using Npgsql;

namespace Hearth.Features.Engagement.Campaigns;

/// <summary>The statements on campaigns.</summary>
internal static class CampaignStore
{
    private const string Columns =
        """
        p.id, p.name, p.link, p.code, coalesce(t.reach, 0), coalesce(t.clicks, 0), coalesce(t.conversions, 0), p.created_at
          from promos p left join engagement_totals t on t.scope = 5 and t.scope_id = p.id
        """;

    private const string InsertSql =
        """
        -- promos.insert
        insert into promos (owner, name, link, code) values ($1, $2, $3, $4) returning id, created_at
        """;

    private const string OneSql =
        $"""
        -- promos.one
        select {Columns} where p.id = $1 and p.owner = $2
        """;

    private const string LinkSql =
        """
        -- promos.link
        select id, link from promos where code = $1
        """;

    private const string OwnerSql =
        """
        -- promos.owner
        select owner from promos where id = $1
        """;

    public static async Task<(int Id, DateTime CreatedAt)> Insert(
        NpgsqlConnection db, long owner, string name, string? link, string code, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(InsertSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = owner },
                new NpgsqlParameter<string> { TypedValue = name },
                new NpgsqlParameter<string?> { TypedValue = link, DataTypeName = "text" },
                new NpgsqlParameter<string> { TypedValue = code },
            },
        };
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt32(0), row.GetDateTime(1));
    }

    /// <returns>Campaigns of an owner around a place, by falling or rising id.</returns>
    public static async Task<List<CampaignView>> List(
        NpgsqlConnection db, long owner, long place, bool backwards, int limit, string links, CancellationToken ct)
    {
        var (compare, order) = backwards ? (">", "asc") : ("<", "desc");
        var sql =
            $"""
            -- promos.list.{order}
            select {Columns} where p.owner = $1 and p.id {compare} $2 order by p.id {order} limit $3
            """;
        await using var command = new NpgsqlCommand(sql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = owner },
                new NpgsqlParameter<long> { TypedValue = place },
                new NpgsqlParameter<int> { TypedValue = limit },
            },
        };
        var campaigns = new List<CampaignView>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            campaigns.Add(View(row, links));
        return campaigns;
    }

    public static async Task<CampaignView?> One(NpgsqlConnection db, int id, long owner, string links, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(OneSql, db)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = id }, new NpgsqlParameter<long> { TypedValue = owner } },
        };
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? View(row, links) : null;
    }

    public static async Task<(int Id, string? Link)?> ByCode(NpgsqlConnection db, string code, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(LinkSql, db) { Parameters = { new NpgsqlParameter<string> { TypedValue = code } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetInt32(0), row.IsDBNull(1) ? null : row.GetString(1)) : null;
    }

    public static async Task<long?> Owner(NpgsqlConnection db, int id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(OwnerSql, db) { Parameters = { new NpgsqlParameter<int> { TypedValue = id } } };
        return (long?)await command.ExecuteScalarAsync(ct);
    }

    private static CampaignView View(NpgsqlDataReader row, string links)
    {
        var link = row.IsDBNull(2) ? null : row.GetString(2);
        return new CampaignView(
            row.GetInt32(0),
            row.GetString(1),
            link,
            link is null ? null : links + row.GetString(3),
            row.GetInt32(4),
            row.GetInt32(5),
            row.GetInt32(6),
            row.GetDateTime(7));
    }
}
