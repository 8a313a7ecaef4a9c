using System.Text.Json;
using Hearth.Features.Feeds;
using Hearth.Ledger;
using Hearth.Tests.Features.Notifications;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Feeds;

/// <summary>The entries of feeds follow from the ledger alone, and pages walk them without a gap.</summary>
public sealed class FeedProjectionTests(NotificationsApp app) : IClassFixture<NotificationsApp>
{
    private static readonly Verb[] Deeds = [Verb.Follow, Verb.Unfollow, Verb.JoinGroup, Verb.LeaveGroup, Verb.CommentPost, Verb.CreatePost, Verb.AwardBadge];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Deeds_taken_back_voided_restored_and_deleted_end_where_a_replay_ends(int seed)
    {
        var random = new Random(seed);
        var people = new[] { await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chen") };
        var things = Enumerable.Range(0, 3).Select(_ => app.NewObject()).ToArray();
        var voided = new Dictionary<long, bool>();
        for (var step = 0; step < 60; step++)
        {
            var entries = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Entry(random, people, things, voided)).ToArray();
            var last = await app.Write(entries);
            for (var i = 0; i < entries.Length; i++)
            {
                if (Deeds.Contains(entries[i].Verb))
                    voided[last - entries.Length + 1 + i] = false;
            }
        }

        var projection = app.Services.GetServices<Projection>().Single(one => one.Name == "feeds");
        var drift = await app.Services.GetRequiredService<Rebuilds>().Compare(projection, null, CancellationToken.None);
        Assert.True(drift.Differences == 0, string.Join("\n", drift.Tables.SelectMany(table => table.Examples)));
        Assert.Equal(await Naive(people, things), await app.Db.Rows(
            "select id from feed_entries where actor = any($1) and object_id = any($2) order by id",
            people.Select(person => person.Id).ToArray(), Things(people, things)));
    }

    [Fact]
    public async Task The_feed_of_somebody_who_follows_hundreds_gives_every_deed_once_in_order()
    {
        var amina = await app.SignUp("amina");
        await app.Db.Execute(
            """
            with people as (
              insert into users (username, username_key, display_name, email, email_key, password_hash)
              select 'many' || n, 'many' || n, 'Many ' || n, 'many' || n || '@example.org', 'many' || n || '@example.org', '' from generate_series(1, 260) n returning id),
            followed as (insert into follows (follower, followed) select $1, id from people where id % 8 <> 0)
            insert into follow_counts (user_id, following) select $1, (select count(*) from people where id % 8 <> 0)
            on conflict (user_id) do update set following = excluded.following
            """,
            amina.Id);
        var ids = (await app.Db.Rows("select id from users where username like 'many%' order by id")).Select(long.Parse).ToList();
        var random = new Random(4);
        var group = (await amina.Post("/api/community/groups/", new { name = "Everybody" })).Is(201)["id"].GetInt64();
        // More than the latest entries of all that are sifted; two at each moment.
        await app.Write([.. ids.Select(id => new Entry(Verb.JoinGroup, ObjectKind.Group, group) { Actor = id, At = DateTime.UnixEpoch.AddDays(random.Next(130)) })]);
        await app.Write([.. ids.Where(id => id % 8 != 0).SelectMany(id => Enumerable.Range(0, 3), (id, n) =>
            new Entry(Verb.Follow, ObjectKind.User, ids[n * 8]) { Actor = id, At = DateTime.UnixEpoch.AddDays(200 + random.Next(130)) })]);
        await app.Write([.. Enumerable.Range(1, 2_100).Select(n =>
            new Entry(Verb.JoinGroup, ObjectKind.Group, 500_000 + n) { Actor = ids.First(id => id % 8 == 0), At = DateTime.UnixEpoch.AddDays(150) })]);

        var expected = await app.Db.Rows(
            """
            select e.id from feed_entries e join follows f on f.followed = e.actor and f.follower = $1
             where e.object_id < 500000 order by e.at desc, e.id desc
            """,
            amina.Id);
        var (forward, last) = await Walk(amina, "/api/v1/feed?limit=100", "next");
        Assert.Equal(expected, forward);
        var (backward, _) = await Walk(amina, last, "previous");
        Assert.Equal(expected, backward);
    }

    [Fact]
    public async Task Telling_a_deed_anew_reads_what_concerns_it_and_not_all_that_happened_to_its_object()
    {
        const int happened = 4_000;
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var (post, comment) = (app.NewObject(), app.NewObject());
        var deeds = new[] { new Entry(Verb.CreatePost, ObjectKind.Post, post), new Entry(Verb.SharePost, ObjectKind.Post, post), new Entry(Verb.Follow, ObjectKind.User, bilal.Id) };
        await app.Write([.. deeds.Select(deed => deed with { Actor = amina.Id, Subject = bilal.Id })]);
        await app.Write([new Entry(Verb.CommentPost, ObjectKind.Comment, comment) { Actor = amina.Id, Detail = $$"""{"post":{{post}}}""" }]);
        var last = await app.Write(
        [
            .. Enumerable.Range(0, happened).Select(n => new Entry(Verb.ViewPost, ObjectKind.Post, post) { Actor = 1_000_000 + n, Subject = amina.Id }),
            .. Enumerable.Range(0, happened).Select(n => new Entry(Verb.ViewPost, ObjectKind.Post, app.NewObject()) { Actor = amina.Id, Subject = bilal.Id }),
        ]);

        FeedKey[] keys = [.. deeds.Select(deed => new FeedKey(amina.Id, deed.Verb, deed.Kind, deed.ObjectId)), new FeedKey(amina.Id, Verb.CommentPost, ObjectKind.Comment, comment)];
        await using var db = await app.Db.Source.OpenConnectionAsync();
        await using var transaction = await db.BeginTransactionAsync();
        await using var batch = new Npgsql.NpgsqlBatch(db);
        FeedStore.Probe(batch, on: true);
        FeedStore.Tell(batch, keys, last);
        var tell = batch.BatchCommands[^1];
        tell.CommandText = $"explain (analyze, costs off, timing off, format json) {tell.CommandText}";
        string? plan = null;
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            do
            {
                if (await reader.ReadAsync() && reader.FieldCount == 1)
                    plan = reader.GetString(0);
            }
            while (await reader.NextResultAsync());
        }

        Assert.NotNull(plan);
        Assert.InRange(RowsRead(JsonDocument.Parse(plan).RootElement), 4, happened / 10);
    }

    /// <summary>The rows that the scans of a plan looked at, taken or left.</summary>
    private static double RowsRead(JsonElement plan) => plan.ValueKind switch
    {
        JsonValueKind.Array => plan.EnumerateArray().Sum(RowsRead),
        JsonValueKind.Object => plan.EnumerateObject().Where(one => one.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object).Sum(one => RowsRead(one.Value))
            + (plan.TryGetProperty("Relation Name", out _) && plan.TryGetProperty("Actual Loops", out var loops)
                ? loops.GetDouble() * (plan.GetProperty("Actual Rows").GetDouble() + (plan.TryGetProperty("Rows Removed by Filter", out var removed) ? removed.GetDouble() : 0))
                : 0),
        _ => 0,
    };

    private static async Task<(List<string> Ids, string Last)> Walk(Person reader, string path, string link)
    {
        var ids = new List<string>();
        while (true)
        {
            var page = (await reader.Get(path)).Is(200);
            var some = page["results"].EnumerateArray().Select(item => Convert.ToInt64(item.GetProperty("id").GetString(), 16).ToString());
            ids.InsertRange(link == "next" ? ids.Count : 0, some);
            if (page[link].GetString() is not { } onward)
                return (ids, path);
            path = onward;
        }
    }

    private static Entry Entry(Random random, Person[] people, long[] things, Dictionary<long, bool> voided)
    {
        if (voided.Count > 5 && random.Next(4) == 0)
        {
            var row = voided.Keys.ElementAt(random.Next(voided.Count));
            voided[row] = !voided[row];
            return new Entry(voided[row] ? Verb.Void : Verb.Unvoid, ObjectKind.Ledger, 1) { Actor = people[0].Id, Voids = row };
        }

        var (actor, other, thing) = (people[random.Next(3)].Id, people[random.Next(3)].Id, things[random.Next(3)]);
        if (random.Next(25) == 0)
            return (random.Next(2) == 0 ? new Entry(Verb.DeletePost, ObjectKind.Post, thing) : new Entry(Verb.DeleteGroup, ObjectKind.Group, thing)) with { Actor = actor };
        return Deeds[random.Next(Deeds.Length)] switch
        {
            Verb.CommentPost => new Entry(Verb.CommentPost, ObjectKind.Comment, thing) { Actor = actor, Detail = $$"""{"post": {{things[random.Next(3)]}}}""" },
            Verb.CreatePost => new Entry(Verb.CreatePost, ObjectKind.Post, thing) { Actor = actor },
            Verb.AwardBadge => new Entry(Verb.AwardBadge, ObjectKind.Badge, thing) { Subject = actor },
            Verb.JoinGroup => new Entry(Verb.JoinGroup, ObjectKind.Group, thing) { Actor = actor },
            Verb.LeaveGroup => new Entry(Verb.LeaveGroup, ObjectKind.Group, thing) { Actor = actor },
            var verb => new Entry(verb, ObjectKind.User, other) { Actor = actor },
        };
    }

    private static long[] Things(Person[] people, long[] things) => [.. things, .. people.Select(person => person.Id)];

    /// <summary>The same the slow way: all rows at once, without those that are void.</summary>
    private async Task<List<string>> Naive(Person[] people, long[] things)
    {
        var rows = await LedgerStore.Read(await app.Db.Source.OpenConnectionAsync(), 0, long.MaxValue, int.MaxValue);
        var isVoid = rows.Where(row => row.Voided is not null).GroupBy(row => row.Voided!.Id).ToDictionary(group => group.Key, group => group.Last().Verb == Verb.Void);
        var shown = new Dictionary<(long?, Verb, ObjectKind, long), LedgerRow>();
        foreach (var row in rows.Where(row => !isVoid.GetValueOrDefault(row.Id)))
        {
            var actor = row.Verb == Verb.AwardBadge ? row.Subject : row.Actor;
            if (row.Verb is Verb.DeletePost or Verb.DeleteGroup)
                shown = shown.Where(one => !IsOf(one.Value, row)).ToDictionary();
            else if (row.Verb is Verb.Unfollow or Verb.LeaveGroup)
                shown.Remove((actor, row.Verb == Verb.Unfollow ? Verb.Follow : Verb.JoinGroup, row.Kind, row.ObjectId));
            else if (Deeds.Contains(row.Verb) || row.Verb is Verb.FoundGroup)
                shown.TryAdd((actor, row.Verb, row.Kind, row.ObjectId), row);
        }

        var ours = people.Select(person => (long?)person.Id).ToHashSet();
        var about = Things(people, things).ToHashSet();
        return
        [
            .. shown.Where(one => ours.Contains(one.Key.Item1) && about.Contains(one.Key.Item4)).Select(one => one.Value.Id).Order()
                .Select(id => id.ToString()),
        ];
    }

    private static bool IsOf(LedgerRow row, LedgerRow deleted) =>
        (row.Kind == deleted.Kind && row.ObjectId == deleted.ObjectId)
        || (row.Verb == Verb.CommentPost && deleted.Kind == ObjectKind.Post && PostOf(row) == deleted.ObjectId);

    private static long PostOf(LedgerRow row)
    {
        using var detail = JsonDocument.Parse(row.Detail!);
        return detail.RootElement.GetProperty("post").GetInt64();
    }
}
