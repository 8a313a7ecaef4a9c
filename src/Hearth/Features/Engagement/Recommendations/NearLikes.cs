using System.Globalization;
using Hearth.Database;
using Hearth.Features.Engagement.Kept;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Recommendations;

/// <summary>What somebody liked last, and what training found to go with it, the nearest first.</summary>
internal sealed record Likes(IReadOnlyList<long> Liked, IReadOnlyList<NearObject> Near);

/// <summary>Adds up what goes with a person's likes: some milliseconds of work, kept until the person does something or training has learnt anew.</summary>
internal sealed class NearLikes(KeptFigures kept, NpgsqlDataSource source)
{
    private const short Post = 2;
    private const int Seeds = 60;
    private const int Nearest = 1_000;

    // Of a near object against a row of other figures.
    private const int ToARow = 4;

    private const string TrainedSql =
        """
        -- engagement.recommendation_training
        select trained_at from recommendation_models where kind = $1
        """;

    private const string SeedsSql =
        """
        -- engagement.recommendation_seeds
        select object_id from engagement_actions where actor = $1 and verb = 1 order by id desc limit $2
        """;

    public async Task<Likes> Of(long user, CancellationToken ct) =>
        await kept.Read(new FigureKey(await Training(ct), user), db => Read(db, user, ct), ct);

    /// <summary>Each training makes figures of its own.</summary>
    private async Task<string> Training(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = Sql.Command(db, TrainedSql, Sql.Value(Post));
        var trained = await command.ExecuteScalarAsync(ct) as DateTime?;
        return string.Create(CultureInfo.InvariantCulture, $"near_likes {trained?.Ticks}");
    }

    private static async Task<Figures<Likes>> Read(NpgsqlConnection db, long user, CancellationToken ct)
    {
        var liked = new List<long>();
        await using (var command = Sql.Command(db, SeedsSql, Sql.Value(user), Sql.Value(Seeds)))
        {
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
                liked.Add(row.GetInt64(0));
        }

        var near = await Nearness.Of(db, Post, liked.Distinct().ToDictionary(post => post, _ => 1.0), Nearest, ct);
        return new Figures<Likes>(new Likes(liked, near), 1 + ((liked.Count + near.Count) / ToARow), [Topic.Person(user)]);
    }
}
