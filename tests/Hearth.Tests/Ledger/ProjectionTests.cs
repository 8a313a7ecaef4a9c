using Hearth.Ledger;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Ledger;

public sealed class ProjectionTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var command = database.Source.CreateCommand(LikesProjection.Schema);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_killed_runner_loses_and_doubles_nothing_while_another_node_stands_by()
    {
        await using var one = await Start();
        await using var two = await Start();
        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(Enumerable.Range(1, 8).Select(actor => Task.Run(() => one.Append([.. Likes(actor, 10)]), Ct)));
            // Whoever holds the projection's lock loses its connection in the middle of its work.
            await two.Run(
                """
                select pg_terminate_backend(pid) from pg_locks
                 where locktype = 'advisory' and classid = 11 and objsubid = 2
                   and database = (select oid from pg_database where datname = current_database())
                """);
        }

        await one.Settle(Ct);
        await two.Settle(Ct);
        await AssertCounts(one);
    }

    [Fact]
    public async Task A_rebuild_while_rows_come_in_ends_where_living_did()
    {
        await using var node = await Start();
        await node.Append([.. Likes(1, 50)]);
        var projection = node.Projections.Find("likes_test")!.Projection;
        var writers = Enumerable.Range(1, 4).Select(actor => Task.Run(() => node.Append([.. Likes(actor, 60)]), Ct)).ToList();
        await node.Get<Rebuilds>().Rebuild(projection, null, Ct);
        await Task.WhenAll(writers);
        await node.Settle(Ct);

        await AssertCounts(node);
        Assert.Equal(0, (await node.Get<Rebuilds>().Compare(projection, null, Ct)).Differences);
        Assert.Equal(0, await node.Number("select count(*) from pg_namespace where nspname like 'rebuild_%'"));
    }

    [Fact]
    public async Task A_row_that_is_not_what_the_ledger_says_is_a_difference_and_a_rebuild_mends_it()
    {
        await using var node = await Start();
        await node.Append([.. Likes(7, 3)]);
        await node.Settle(Ct);
        await node.Run("update likes_by_actor set likes = likes + 1 where actor = 7");

        var found = await node.Get<Verification>().Run("likes_test", Ct);
        Assert.Equal(2, found.Differences);
        await node.Get<Rebuilds>().Rebuild(node.Projections.Find("likes_test")!.Projection, null, Ct);
        Assert.Equal(0, (await node.Get<Verification>().Run("likes_test", Ct)).Differences);
        await AssertCounts(node);
    }

    [Fact]
    public async Task Two_voids_at_once_void_a_row_once_and_restoring_brings_back_exactly_that()
    {
        await using var node = await Start();
        await node.Append([.. Likes(21, 9)]);
        var voids = node.Get<Voids>();
        var request = new VoidRequest(1, "a ring") { User = 21 };
        var made = await Task.WhenAll(voids.Make(request, Ct), voids.Make(request, Ct));
        await node.Settle(Ct);

        Assert.Equal(9, made.Sum(result => result.Rows));
        Assert.Equal(0, await node.Number("select likes from likes_by_actor where actor = 21"));

        foreach (var (id, _, _) in made)
        {
            await voids.Restore(id, 1, Ct);
            await voids.Restore(id, 1, Ct);
        }

        await node.Settle(Ct);
        Assert.Equal(9, await node.Number("select likes from likes_by_actor where actor = 21"));
        Assert.Equal(0, (await node.Get<Verification>().Run("likes_test", Ct)).Differences);
    }

    [Fact]
    public async Task Voiding_between_two_times_takes_only_the_rows_of_that_time()
    {
        await using var node = await Start();
        var noon = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
        await node.Append([.. Enumerable.Range(0, 6).Select(hour => new Entry(Verb.LikePost, ObjectKind.Post, hour) { Actor = 31, At = noon.AddHours(hour) })]);
        var (_, rows, _) = await node.Get<Voids>().Make(
            new VoidRequest(1, "two hours") { User = 31, From = noon.AddHours(1), To = noon.AddHours(3) }, Ct);
        await node.Settle(Ct);

        Assert.Equal(2, rows);
        Assert.Equal(4, await node.Number("select likes from likes_by_actor where actor = 31"));
    }

    [Fact]
    public async Task What_one_node_writes_is_applied_when_another_waits_for_it()
    {
        await using var one = await Start();
        await using var two = await Start();
        var position = await one.Append([.. Likes(41, 5)]);
        await two.Get<PositionGate>().Passed(position, Ct);
        Assert.Equal(5, await two.Number("select likes from likes_by_actor where actor = 41"));
    }

    private static IEnumerable<Entry> Likes(long actor, int count) =>
        Enumerable.Range(1, count).Select(post => new Entry(Verb.LikePost, ObjectKind.Post, post) { Actor = actor });

    private static async Task AssertCounts(LedgerNode node)
    {
        var differing = await node.Number(
            """
            select count(*) from (
              select actor, count(*) as likes from ledger l where verb = 1
                 and not exists (select from ledger v where v.voids = l.id and v.verb = 100
                                    and not exists (select from ledger u where u.voids = l.id and u.verb = 101 and u.id > v.id))
               group by actor) s
              full join (select actor, likes from likes_by_actor where likes <> 0) p using (actor)
             where s.likes is distinct from p.likes
            """);
        Assert.Equal(0, differing);
    }

    private Task<LedgerNode> Start() => LedgerNode.Start(database.Source, services => services.AddProjection<LikesProjection>());
}
