using System.Threading.Channels;
using Npgsql;

namespace Hearth.Bench.Bare;

/// <summary>The writes without a ledger, on the same tables.</summary>
internal sealed class BareWrites
{
    private readonly NpgsqlDataSource source;
    private readonly Channel<Item>[] lanes = [Channel.CreateUnbounded<Item>(), Channel.CreateUnbounded<Item>()];

    public BareWrites(NpgsqlDataSource source)
    {
        this.source = source;
        foreach (var lane in lanes)
            _ = Task.Run(() => Fold(lane.Reader));
    }

    /// <summary>A transaction each: lock, upsert, count.</summary>
    public async Task ReactInATransaction(HttpContext http, long post, long user, int kind)
    {
        await using var db = await source.OpenConnectionAsync();
        await using var transaction = await db.BeginTransactionAsync();
        await using (var batch = new NpgsqlBatch(db))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("select from posts where id = $1 for no key update") { Parameters = { new() { Value = post } } });
            batch.BatchCommands.Add(Upsert([post], [user], [(short)kind]));
            await batch.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        http.Response.StatusCode = 201;
        await http.Response.WriteAsync("{\"content_type\":\"ventpost\"}");
    }

    /// <summary>Whatever waits becomes one transaction.</summary>
    public async Task ReactFolded(HttpContext http, long post, long user, int kind)
    {
        var item = new Item(post, user, (short)kind);
        lanes[post % 2].Writer.TryWrite(item);
        await item.Done.Task;
        http.Response.StatusCode = 201;
        await http.Response.WriteAsync("{\"content_type\":\"ventpost\"}");
    }

    public async Task Comment(HttpContext http, long post, long user)
    {
        await using var command = source.CreateCommand(
            """
            with c as (insert into comments (post_id, author, text) values ($1, $2, 'A comment of the bench, about as long as people write them.') returning id)
            update posts set comment_count = comment_count + 1, thread_count = thread_count + 1 where id = $1
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = post });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = user });
        await command.ExecuteNonQueryAsync();
        http.Response.StatusCode = 201;
        await http.Response.WriteAsync("{\"id\":1}");
    }

    public async Task View(HttpContext http, long post, long user)
    {
        await using var command = source.CreateCommand(
            """
            with v as (insert into post_views values ($1, $2, now()) on conflict do nothing returning post_id)
            update posts set views = views + 1 from v where id = v.post_id
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = post });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = user });
        await command.ExecuteNonQueryAsync();
        await http.Response.WriteAsync("{\"status\":\"success\"}");
    }

    /// <summary>One row of state, one of the log.</summary>
    public async Task Track(HttpContext http, long content, long user)
    {
        await using var command = source.CreateCommand(
            """
            with put as (
              insert into interactions (user_id, type, content_id, by_external_id, seconds, mood, created_at, updated_at)
              values ($1, 7, $2, false, 120, 'happy', now(), now())
              on conflict (user_id, type, content_id) do update set seconds = excluded.seconds, mood = excluded.mood, updated_at = excluded.updated_at)
            insert into ledger (actor, object_id, subject, verb, object_kind) values ($1, $2, $1, 166, 23)
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = user });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = content });
        await command.ExecuteNonQueryAsync();
        http.Response.StatusCode = 201;
        await http.Response.WriteAsync("{\"id\":1}");
    }

    private static NpgsqlBatchCommand Upsert(long[] posts, long[] users, short[] kinds) =>
        new(
            """
            with new as (select * from unnest($1::bigint[], $2::bigint[], $3::smallint[]) n (post_id, user_id, kind)),
            old as (select o.* from post_reactions o join new using (post_id, user_id)),
            up as (insert into post_reactions select * from new on conflict (post_id, user_id) do update set kind = excluded.kind),
            change as (
              select new.post_id,
                     sum((new.kind = 1)::int - coalesce((old.kind = 1)::int, 0)) a, sum((new.kind = 2)::int - coalesce((old.kind = 2)::int, 0)) b,
                     sum((new.kind = 3)::int - coalesce((old.kind = 3)::int, 0)) c, sum((new.kind = 4)::int - coalesce((old.kind = 4)::int, 0)) d
                from new left join old using (post_id, user_id) group by new.post_id)
            update posts p set like_count = like_count + a, love_count = love_count + b, haha_count = haha_count + c, sad_count = sad_count + d
              from change where p.id = change.post_id
            """)
        {
            Parameters = { new() { Value = posts }, new() { Value = users }, new() { Value = kinds } },
        };

    private async Task Fold(ChannelReader<Item> reader)
    {
        var waiting = new List<Item>();
        while (await reader.WaitToReadAsync())
        {
            waiting.Clear();
            while (waiting.Count < 512 && reader.TryRead(out var item))
                waiting.Add(item);
            var last = waiting.GroupBy(item => (item.Post, item.User)).Select(group => group.Last()).OrderBy(item => item.Post).ThenBy(item => item.User).ToList();
            await using var db = await source.OpenConnectionAsync();
            await using var transaction = await db.BeginTransactionAsync();
            await using (var batch = new NpgsqlBatch(db))
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand("select from posts where id = any($1) order by id for no key update")
                {
                    Parameters = { new() { Value = last.Select(item => item.Post).Distinct().ToArray() } },
                });
                batch.BatchCommands.Add(Upsert([.. last.Select(i => i.Post)], [.. last.Select(i => i.User)], [.. last.Select(i => i.Kind)]));
                await batch.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
            foreach (var item in waiting)
                item.Done.TrySetResult();
        }
    }

    private sealed record Item(long Post, long User, short Kind)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
