using Hearth.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Hearth.Tests.Ledger;

/// <summary>The ledger of one node without a web server around it: tail, projections and what a test adds.</summary>
internal sealed class LedgerNode : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private LedgerNode(ServiceProvider services) => this.services = services;

    public NpgsqlDataSource Source => Get<NpgsqlDataSource>();

    public Writes Writes => Get<Writes>();

    public LedgerTail Tail => Get<LedgerTail>();

    public Projections Projections => Get<Projections>();

    public static async Task<LedgerNode> Start(NpgsqlDataSource source, Action<IServiceCollection>? add = null)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton(source);
        collection.AddSingleton(TimeProvider.System);
        collection.AddSingleton(typeof(Microsoft.Extensions.Logging.ILogger<>), typeof(NullLogger<>));
        collection.AddLedger();
        add?.Invoke(collection);
        var node = new LedgerNode(collection.BuildServiceProvider());
        await node.Get<Partitions>().Maintain();
        await node.Tail.StartAsync(CancellationToken.None);
        await node.Get<NodeWakeups>().StartAsync(CancellationToken.None);
        await node.Projections.StartAsync(CancellationToken.None);
        return node;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Appends each entry in a transaction of its own.</summary>
    public async Task<long> Append(params Entry[] entries)
    {
        var position = 0L;
        foreach (var entry in entries)
        {
            await using var write = await Writes.Begin();
            write.Append(entry);
            position = await write.Commit();
        }

        return position;
    }

    /// <summary>Waits until everything appended so far has been applied.</summary>
    public async Task Settle(CancellationToken ct)
    {
        await using var db = await Source.OpenConnectionAsync(ct);
        await Get<PositionGate>().Passed(await LedgerStore.Head(db, ct), ct);
    }

    public async Task<long> Number(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task Run(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Projections.StopAsync(CancellationToken.None);
        await Get<NodeWakeups>().StopAsync(CancellationToken.None);
        await Tail.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
    }
}

/// <summary>Likes by person and post, voids honoured: the smallest projection that can go wrong.</summary>
internal sealed class LikesProjection : Projection
{
    public const string Schema =
        "create table if not exists likes_by_actor (actor bigint primary key, likes bigint not null, greatest bigint not null)";

    public override string Name => "likes_test";

    public override IReadOnlyList<string> Tables { get; } = ["likes_by_actor"];

    public override async Task Apply(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, CancellationToken ct)
    {
        var changes = new SortedDictionary<long, (long Likes, long Id)>();
        foreach (var row in rows)
        {
            var (subject, by) = row.Verb switch
            {
                Verb.LikePost => (row, 1),
                Verb.Void when row.Voided!.Verb == Verb.LikePost => (row.Voided, -1),
                Verb.Unvoid when row.Voided!.Verb == Verb.LikePost => (row.Voided, 1),
                _ => (row, 0),
            };
            if (by == 0 || subject.Actor is not { } actor)
                continue;
            var (likes, id) = changes.GetValueOrDefault(actor);
            changes[actor] = (likes + by, Math.Max(id, row.Id));
        }

        foreach (var (actor, (likes, id)) in changes)
        {
            await using var command = new NpgsqlCommand(
                """
                insert into likes_by_actor as l values ($1, $2, $3)
                on conflict (actor) do update set likes = l.likes + excluded.likes, greatest = greatest(l.greatest, excluded.greatest)
                """,
                db)
            {
                Parameters = { new() { Value = actor }, new() { Value = likes }, new() { Value = id } },
            };
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
