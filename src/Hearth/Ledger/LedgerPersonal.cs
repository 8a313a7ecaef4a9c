using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Hearth.Ledger;

/// <summary>What the ledger holds on a person: rows of ids and numbers, which no erasure changes.</summary>
internal sealed class LedgerPersonal : IPersonal
{
    /// <summary>No index leads from whom something is done to to its rows: the table is looked through, so many ids at once.</summary>
    private const long Slice = 250_000;

    private const string RangesSql = "-- personal.ledger_ranges\nselect from_id, least(to_id, (select coalesce(max(id), 0) + 1 from ledger)) from ledger_parts order by from_id";

    private const string SliceSql =
        """
        -- personal.ledger
        select verb, object_kind, (to_jsonb(held) - 'verb' - 'object_kind')::text
          from (select id, at, actor, verb, object_kind, object_id, subject, group_id, course_id, campaign_id, value, voids, detail
                  from ledger where id >= $2 and id < $3 and (actor = $1 or subject = $1) order by id) held
        """;

    public IReadOnlyList<PersonalFile> Files { get; } =
    [
        new PersonalFile("ledger", ["ledger.actor", "ledger.subject"], Rows),
        PersonalFile.Of(
            "voids",
            ["voids.made_by", "voids.restored_by"],
            "select id, reason, rows, created_at, restored_at, made_by = $1 as made_by_me from voids where made_by = $1 or restored_by = $1 order by id"),
        PersonalFile.Of("kept_answers", [], "select route, status, created_at from idempotency_keys where caller = 'u:' || $1 order by created_at"),
    ];

    public IReadOnlyList<ErasureStep> Erasure { get; } =
    [
        ErasureStep.Of("idempotency_keys", "deleted", [], "delete from idempotency_keys where caller = 'u:' || $1"),
    ];

    public IReadOnlyList<PersonalColumn> Exceptions { get; } =
    [
        new("ledger.actor", NotErased: "The ledger stays whole: ids and numbers, which lead to nobody any more."),
        new("ledger.subject", NotErased: "As its actor."),
        new("voids.made_by", NotErased: "What was done in office; the number leads to nobody any more."),
        new("voids.restored_by", NotErased: "As who made it."),
    ];

    private static async IAsyncEnumerable<string> Rows(NpgsqlConnection db, long user, [EnumeratorCancellation] CancellationToken ct)
    {
        var ranges = new List<(long From, long To)>();
        await using (var command = new NpgsqlCommand(RangesSql, db))
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct))
                ranges.Add((row.GetInt64(0), row.GetInt64(1)));
        }

        foreach (var (from, to) in ranges)
        {
            for (var at = from; at < to; at += Slice)
            {
                await foreach (var one in Between(db, user, at, Math.Min(to, at + Slice), ct))
                    yield return one;
            }
        }
    }

    private static async IAsyncEnumerable<string> Between(NpgsqlConnection db, long user, long from, long to, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SliceSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = user }, new NpgsqlParameter<long> { TypedValue = from }, new NpgsqlParameter<long> { TypedValue = to },
            },
        };
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var rest = row.GetString(2);
            yield return string.Create(
                CultureInfo.InvariantCulture, $$"""{"verb": "{{(Verb)row.GetInt16(0)}}", "object_kind": "{{(ObjectKind)row.GetInt16(1)}}", {{rest.AsSpan(1)}}""");
        }
    }
}
