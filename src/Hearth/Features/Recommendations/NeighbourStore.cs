using Hearth.Database;
using Hearth.Features.Recommendations.Engine;
using Hearth.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Recommendations;

/// <summary>One training: when, from how much, and how long it took.</summary>
internal sealed record TrainedModel(DateTime TrainedAt, int People, int Items, int Pairs, double Seconds);

/// <summary>Somebody took to an object.</summary>
internal readonly record struct Taken(long Person, long Item, DateTime At);

/// <summary>What a training found.</summary>
/// <param name="Items">The objects by the numbers that training gave them.</param>
/// <param name="Matrix">Who took to which.</param>
/// <param name="Heat">How many took to each lately: each counts 2^(−age in days / 7).</param>
/// <param name="Neighbours">What goes with each.</param>
internal sealed record Learnt(IReadOnlyList<long> Items, TasteMatrix Matrix, float[] Heat, Neighbours Neighbours);

/// <summary>The statements of training: what is learnt from, and where what was learnt lies.</summary>
internal static class NeighbourStore
{
    // Enough to learn from; beyond it training only takes longer.
    private const int MostPairs = 3_000_000;

    private static readonly Dictionary<ObjectKind, string> PairsSql = new()
    {
        [ObjectKind.Post] =
            """
            -- recommendations.pairs_of_posts
            select actor, object_id, at from engagement_actions where verb in (1, 11, 12) and object_kind = 2 and at > $1 limit $2
            """,
        [ObjectKind.Skill] =
            """
            -- recommendations.pairs_of_skills
            select user_id, skill_id, at
              from (select user_id, skill_id, at from skill_likes
                    union all
                    select user_id, skill_id, at from skill_downloads
                    union all
                    select user_id, skill_id, at from skill_ratings where rating >= 4) taken
             where at > $1 limit $2
            """,
        [ObjectKind.Content] =
            """
            -- recommendations.pairs_of_contents
            select user_id, content_id, updated_at from interactions
             where standing and (type in (2, 4, 5, 8) or (type = 9 and value > 5)) and updated_at > $1 limit $2
            """,
    };

    private const string ModelSql =
        """
        -- recommendations.model
        select trained_at, people, items, pairs, seconds from recommendation_models where kind = $1
        """;

    private const string ForgetSql =
        """
        -- recommendations.forget
        delete from recommendation_neighbours where kind = $1
        """;

    private const string CopySql = "copy recommendation_neighbours (kind, item, neighbours, weights, taken, heat) from stdin (format binary)";

    private const string KeepSql =
        """
        -- recommendations.keep_model
        insert into recommendation_models (kind, trained_at, people, items, pairs, seconds) values ($1, $2, $3, $4, $5, $6)
        on conflict (kind) do update set trained_at = excluded.trained_at, people = excluded.people, items = excluded.items, pairs = excluded.pairs,
               seconds = excluded.seconds
        """;

    /// <summary>What is recommended by training.</summary>
    public static IEnumerable<ObjectKind> Kinds => PairsSql.Keys;

    public static async Task<TrainedModel?> Model(NpgsqlConnection db, ObjectKind kind, CancellationToken ct)
    {
        await using var command = Sql.Command(db, ModelSql, Sql.Value((short)kind));
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new TrainedModel(row.GetDateTime(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetFloat(4))
            : null;
    }

    /// <returns>Who took to what since a time, in no order; a pair may be there twice.</returns>
    public static async Task<List<Taken>> Pairs(NpgsqlConnection db, ObjectKind kind, DateTime since, CancellationToken ct)
    {
        var pairs = new List<Taken>();
        await using var command = Sql.Command(db, PairsSql[kind], Sql.Time(since), Sql.Value(MostPairs));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            pairs.Add(new Taken(row.GetInt64(0), row.GetInt64(1), row.GetDateTime(2)));
        return pairs;
    }

    /// <summary>Puts what was learnt of a kind in the place of what was there, at once.</summary>
    public static async Task Replace(NpgsqlConnection db, ObjectKind kind, Learnt learnt, TrainedModel model, CancellationToken ct)
    {
        await using var transaction = await db.BeginTransactionAsync(ct);
        // A large community's are some hundred megabytes.
        await Sql.Execute(db, "set local statement_timeout = 0", ct);
        await Sql.Execute(db, ForgetSql, ct, Sql.Value((short)kind));
        await using (var copy = await db.BeginBinaryImportAsync(CopySql, ct))
        {
            for (var item = 0; item < learnt.Items.Count; item++)
            {
                var near = learnt.Neighbours.Of(item).ToArray();
                await copy.StartRowAsync(ct);
                await copy.WriteAsync((short)kind, NpgsqlDbType.Smallint, ct);
                await copy.WriteAsync(learnt.Items[item], NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync(Array.ConvertAll(near, one => learnt.Items[one.Item]), NpgsqlDbType.Array | NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync(Array.ConvertAll(near, one => one.Weight), NpgsqlDbType.Array | NpgsqlDbType.Real, ct);
                await copy.WriteAsync(learnt.Matrix.PeopleOf(item).Length, NpgsqlDbType.Integer, ct);
                await copy.WriteAsync(learnt.Heat[item], NpgsqlDbType.Real, ct);
            }

            await copy.CompleteAsync(ct);
        }

        await Sql.Execute(
            db, KeepSql, ct, Sql.Value((short)kind), Sql.Time(model.TrainedAt), Sql.Value(model.People), Sql.Value(model.Items), Sql.Value(model.Pairs),
            Sql.Value((float)model.Seconds));
        await transaction.CommitAsync(ct);
    }
}
