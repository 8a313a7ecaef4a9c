using Hearth.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>Follows the publications of reputation rules, and what becomes of the scores by them.</summary>
internal static class RuleFold
{
    private const string ReadSql =
        """
        -- engagement.rules
        select version, body::text from engagement_rules order by version
        """;

    private const string AddSql =
        """
        -- engagement.rules.add
        insert into engagement_rules (version, id, effective_from, body) values ($1, $2, $3, $4) on conflict do nothing
        """;

    private const string RemoveSql =
        """
        -- engagement.rules.remove
        delete from engagement_rules where version = $1
        """;

    /// <returns>The rules that hold at each time.</returns>
    public static async Task<RuleTimeline> Read(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ReadSql, db);
        var published = new List<RuleSet>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            published.Add(RuleSet.FromDetail(reader.GetInt32(0), reader.GetString(1)));
        return published.Count == 0 ? RuleTimeline.BuiltIn : new RuleTimeline(published);
    }

    /// <param name="db">In the projection's transaction.</param>
    /// <param name="cause">The publication, or the row that voids or restores one.</param>
    /// <param name="publication">The publication.</param>
    /// <param name="holds">Whether its rules hold from now on.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task Follow(NpgsqlConnection db, LedgerRow cause, LedgerRow publication, bool holds, CancellationToken ct)
    {
        var rules = RuleSet.FromDetail((int)publication.ObjectId, publication.Detail!);
        await using (var command = new NpgsqlCommand(holds ? AddSql : RemoveSql, db))
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = rules.Version });
            if (holds)
            {
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = publication.Id });
                command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = rules.From });
                command.Parameters.Add(new NpgsqlParameter { Value = publication.Detail, NpgsqlDbType = NpgsqlDbType.Jsonb });
            }

            if (await command.ExecuteNonQueryAsync(ct) == 0)
                return;
        }

        await Rescore.Run(db, cause, rules.From, await Read(db, ct), ct);
    }
}
