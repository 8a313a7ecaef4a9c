using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Realtime.Sockets;
using Npgsql;

namespace Hearth.Features.Live;

/// <summary>Something that somebody followed did.</summary>
/// <param name="Id">The position in the ledger.</param>
/// <param name="Verb"><c>create_post</c> or <c>share_skill</c>.</param>
internal sealed record FeedUpdate(string Id, string Verb, FeedActor Actor, FeedObject Object, DateTime CreatedAt);

internal sealed record FeedActor(Guid Id, string Username, string DisplayName, string? ProfilePhoto);

/// <param name="Kind"><c>post</c> or <c>skill</c>.</param>
/// <param name="Id">A post's number or a skill's UUID.</param>
internal sealed record FeedObject(string Kind, string Id, string? Title);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(FeedUpdate))]
internal sealed partial class LiveJson : JsonSerializerContext;

/// <summary>
/// Tells followers what is new in their feed. Only those who are connected are looked up, never all followers; whoever shows nobody what
/// they do is told of to nobody.
/// </summary>
internal sealed class FeedUpdates(SocketPeople people) : ISocketEvents
{
    private const string FollowersSql =
        """
        -- feed.followers_here
        select f.followed, f.follower from follows f join users u on u.id = f.followed
         where f.followed = any($1) and f.follower = any($2) and u.is_active and u.activity_visibility < 2 and u.profile_visibility < 2
        """;

    private const string ObjectsSql =
        """
        -- feed.objects
        select 2::smallint, p.id, p.id::text, coalesce(p.title, left(p.content, 80)), u.uuid, u.username, u.display_name, u.profile_photo
          from posts p join users u on u.id = p.author where p.id = any($1) and not p.is_hidden
        union all
        select 13::smallint, s.id, s.uuid::text, s.title, u.uuid, u.username, u.display_name, u.profile_photo
          from skills s join users u on u.id = s.author where s.id = any($2) and not s.is_hidden and s.visibility < 3
        """;

    public IReadOnlySet<Verb> Verbs { get; } = new[] { Verb.CreatePost, Verb.ShareSkill }.ToFrozenSet();

    public async Task Compose(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, ICollection<SocketNews> news, CancellationToken ct)
    {
        var done = rows.Where(row => row.Voided is null && row.Actor is not null).ToList();
        var followers = (await Followers(db, [.. done.Select(row => row.Actor!.Value).Distinct()], ct)).ToLookup(pair => pair.Followed, pair => pair.Follower);
        done.RemoveAll(row => !followers.Contains(row.Actor!.Value));
        if (done.Count == 0)
            return;
        var objects = await Objects(db, done, ct);
        foreach (var row in done)
        {
            if (!objects.TryGetValue((row.Kind, row.ObjectId), out var found))
                continue;
            var update = new FeedUpdate(
                row.Id.ToString(CultureInfo.InvariantCulture), JsonNamingPolicy.SnakeCaseLower.ConvertName(row.Verb.ToString()), found.Actor, found.Object, row.At);
            news.Add(new SocketNews(row.Id, "feed_update", update, [.. followers[row.Actor!.Value].Select(SocketRooms.Person)]));
        }
    }

    private async Task<List<(long Followed, long Follower)>> Followers(NpgsqlConnection db, long[] actors, CancellationToken ct)
    {
        var pairs = new List<(long, long)>();
        await using var command = Sql.Command(db, FollowersSql, Sql.Array(actors), Sql.Array(people.Ids));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            pairs.Add((row.GetInt64(0), row.GetInt64(1)));
        return pairs;
    }

    private static async Task<Dictionary<(ObjectKind, long), (FeedActor Actor, FeedObject Object)>> Objects(
        NpgsqlConnection db, List<LedgerRow> rows, CancellationToken ct)
    {
        var objects = new Dictionary<(ObjectKind, long), (FeedActor, FeedObject)>();
        await using var command = Sql.Command(db, ObjectsSql, Ids(ObjectKind.Post), Ids(ObjectKind.Skill));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var kind = (ObjectKind)row.GetInt16(0);
            objects[(kind, row.GetInt64(1))] = (
                new FeedActor(row.GetGuid(4), row.GetString(5), row.GetString(6), row.TextOrNull(7)),
                new FeedObject(JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()), row.GetString(2), row.TextOrNull(3)));
        }

        return objects;

        NpgsqlParameter Ids(ObjectKind kind) => Sql.Array(rows.Where(one => one.Kind == kind), one => one.ObjectId);
    }
}

/// <summary>What followers hear over Socket.IO.</summary>
internal static class LiveFeature
{
    public static void AddLive(this WebApplicationBuilder builder)
    {
        Json.Add(LiveJson.Default);
        builder.Services.AddSingleton<ISocketEvents, FeedUpdates>();
    }
}
