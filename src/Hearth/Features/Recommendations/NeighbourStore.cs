using Hearth.Database;
using Hearth.Features.Recommendations.Engine;
using Hearth.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Recommendations;

/// <summary>One training: when, from how much, and how long it took.</summary>
internal sealed record TrainedModel(DateTime TrainedAt, int People, int Items, int Pairs, double Seconds);

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
            select actor, object_id from engagement_actions where verb in (1, 11, 12) and object_kind = 2 and at > $1 limit $2
            """,
        [ObjectKind.Skill] =
            """
            -- recommendations.pairs_of_skills
            select user_id, skill_id
              from (select user_id, skill_id, at from skill_likes
                    union all
                    select user_id, skill_id, at from skill_downloads
                    union all
                    select user_id, skill_id, at from skill_ratings where rating >= 4) taken
             where at > $1 limit $2
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

    private const string CopySql = "copy recommendation_neighbours (kind, item, neighbours, weights) from stdin (format binary)";

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
    public static async Task<List<(long Person, long Item)>> Pairs(NpgsqlConnection db, ObjectKind kind, DateTime since, CancellationToken ct)
    {
        var pairs = new List<(long, long)>();
        await using var command = Sql.Command(db, PairsSql[kind], Sql.Time(since), Sql.Value(MostPairs));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            pairs.Add((row.GetInt64(0), row.GetInt64(1)));
        return pairs;
    }

    /// <summary>Puts what was learnt of a kind in the place of what was there, at once.</summary>
    /// <param name="db">A connection.</param>
    /// <param name="kind">Of what.</param>
    /// <param name="items">The objects by the numbers that training gave them.</param>
    /// <param name="neighbours">What goes with each.</param>
    /// <param name="model">What is known of the training.</param>
    /// <param name="ct">Ends it early.</param>
    public static async Task Replace(
        NpgsqlConnection db, ObjectKind kind, IReadOnlyList<long> items, Neighbours neighbours, TrainedModel model, CancellationToken ct)
    {
        await using var transaction = await db.BeginTransactionAsync(ct);
        await Sql.Execute(db, ForgetSql, ct, Sql.Value((short)kind));
        await using (var copy = await db.BeginBinaryImportAsync(CopySql, ct))
        {
            for (var item = 0; item < items.Count; item++)
            {
                var near = neighbours.Of(item).ToArray();
                if (near.Length == 0)
                    continue;
                await copy.StartRowAsync(ct);
                await copy.WriteAsync((short)kind, NpgsqlDbType.Smallint, ct);
                await copy.WriteAsync(items[item], NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync(Array.ConvertAll(near, one => items[one.Item]), NpgsqlDbType.Array | NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync(Array.ConvertAll(near, one => one.Weight), NpgsqlDbType.Array | NpgsqlDbType.Real, ct);
            }

            await copy.CompleteAsync(ct);
        }

        await Sql.Execute(
            db, KeepSql, ct, Sql.Value((short)kind), Sql.Time(model.TrainedAt), Sql.Value(model.People), Sql.Value(model.Items), Sql.Value(model.Pairs),
            Sql.Value((float)model.Seconds));
        await transaction.CommitAsync(ct);
    }
}
