using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Moderation.Scoring;

/// <summary>The statements on what reviewers have taught the scorer.</summary>
internal static class LessonStore
{
    // One lesson is learnt after the other: each starts from the weights that the one before it left.
    private const string LockSql =
        """
        -- moderation.scorer.lock
        lock table scorer_lessons in share row exclusive mode
        """;

    private const string WeightsSql =
        """
        -- moderation.scorer.weights
        select harm, bucket, weight from scorer_lessons
        """;

    private const string OutcomesSql =
        """
        -- moderation.scorer.outcomes
        select harm, sure, flagged, upheld, outcomes from scorer_outcomes
        """;

    private const string KeepSql =
        """
        -- moderation.scorer.keep
        insert into scorer_lessons (harm, bucket, weight)
        select $1, k.bucket, k.weight from unnest($2::smallint[], $3::real[]) as k (bucket, weight)
        on conflict (harm, bucket) do update set weight = excluded.weight
        """;

    private const string CountSql =
        """
        -- moderation.scorer.count
        insert into scorer_outcomes (harm, sure, flagged, upheld, outcomes) values ($1, $2, $3, $4, 1)
        on conflict (harm, sure, flagged, upheld) do update set outcomes = scorer_outcomes.outcomes + 1
        """;

    public static async Task Lock(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(LockSql, db);
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<Lessons> Read(NpgsqlConnection db, CancellationToken ct)
    {
        var weights = new float[2 * (Lessons.Buckets + 1)];
        await using (var command = new NpgsqlCommand(WeightsSql, db))
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct))
                weights[Lessons.At((Harm)row.GetInt16(0), row.GetInt16(1))] = row.GetFloat(2);
        }

        var examples = new long[2];
        foreach (var outcome in await Outcomes(db, ct))
            examples[(int)outcome.Harm] += outcome.Count;
        return new Lessons(weights, examples);
    }

    public static async Task<List<Outcome>> Outcomes(NpgsqlConnection db, CancellationToken ct)
    {
        var outcomes = new List<Outcome>();
        await using var command = new NpgsqlCommand(OutcomesSql, db);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            outcomes.Add(new Outcome((Harm)row.GetInt16(0), row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3), row.GetInt64(4)));
        return outcomes;
    }

    public static async Task Keep(NpgsqlConnection db, Harm harm, short[] buckets, float[] weights, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(KeepSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<short> { TypedValue = (short)harm },
                new NpgsqlParameter { Value = buckets, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint },
                new NpgsqlParameter { Value = weights, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Real },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task Count(NpgsqlConnection db, Outcome outcome, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(CountSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<short> { TypedValue = (short)outcome.Harm },
                new NpgsqlParameter<bool> { TypedValue = outcome.IsSure },
                new NpgsqlParameter<bool> { TypedValue = outcome.IsFlagged },
                new NpgsqlParameter<bool> { TypedValue = outcome.IsUpheld },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>How often the scorer and the reviewers have said this of a text, each in their way.</summary>
internal readonly record struct Outcome(Harm Harm, bool IsSure, bool IsFlagged, bool IsUpheld, long Count);
