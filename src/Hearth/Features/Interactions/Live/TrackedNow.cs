using Hearth.Database;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>The interactions that rows of the ledger tell of, as they stand now.</summary>
internal static class TrackedNow
{
    private const string FindSql =
        $"""
        -- interactions.live
        select {HistoryReads.Columns}
          from (select distinct * from unnest($1::bigint[], $2::smallint[], $3::bigint[]) as a (user_id, type, content_id)) a
          join interactions r on r.user_id = a.user_id and r.type = a.type and r.content_id = a.content_id and r.standing
          left join contents c on c.id = r.content_id
        """;

    public static readonly IReadOnlySet<Verb> Verbs = Enumerable.Range(1, InteractionTypes.Names.Length).Select(type => InteractionTypes.Verb((short)type)).ToHashSet();

    /// <returns>Each row that is news, with its interaction; none for what is void or gone.</returns>
    public static async Task<List<(LedgerRow Row, InteractionView View)>> Of(NpgsqlConnection db, IEnumerable<LedgerRow> rows, CancellationToken ct)
    {
        // A void takes something away: nothing was tracked.
        var told = rows.Where(row => row is { Voided: null, Actor: not null, IsImported: false }).ToList();
        var found = new Dictionary<(long, short, long), InteractionView>();
        if (told.Count > 0)
        {
            await using var command = Sql.Command(
                db, FindSql, Sql.Array(told, row => row.Actor!.Value), Sql.Array(told, row => InteractionTypes.Of(row.Verb)), Sql.Array(told, row => row.ObjectId));
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
                found[(row.GetInt64(1), row.GetInt16(4), row.GetInt64(3))] = HistoryReads.Read(row);
        }

        return
        [
            .. from row in told
               let view = found.GetValueOrDefault((row.Actor!.Value, InteractionTypes.Of(row.Verb), row.ObjectId))
               where view is not null
               select (row, view),
        ];
    }
}
