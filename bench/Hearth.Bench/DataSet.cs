using System.Globalization;
using Npgsql;

namespace Hearth.Bench;

/// <summary>The data set: posts with views, reactions and comments, and the ledger rows that belong to them; or a hundredth of it.</summary>
internal sealed class DataSet(NpgsqlDataSource source, int scale)
{
    public const int WholePosts = 100_000;
    public const int WholePeople = 10_000;

    public int Posts => WholePosts / scale;

    public int People => WholePeople / scale;

    public async Task Load()
    {
        Console.WriteLine($"Loading {Posts} posts of {People} people, {Posts * 10} views, {Posts * 5} reactions");
        await Run(
            $"""
             insert into users (username, username_key, display_name)
             select 'person' || n, 'person' || n, 'Person ' || n from generate_series(1, {People}) n;
             insert into posts (author, title, content, created_at, updated_at, views, like_count, love_count, comment_count, thread_count)
             select 1 + n % {People}, 'Post number ' || n, repeat('Some words that people write to each other. ', 6), at, at, 10, 5, 0, 0, 0
               from (select n, now() - interval '90 days' + n * (interval '90 days' / {Posts}) as at from generate_series(1, {Posts}) n) s;
             """);
        await Run($"insert into post_views select n % {Posts} + 1, (n * 7919 + n / {Posts} * 131) % {People} + 1, now() - interval '1 day' from generate_series(1, {Posts * 10}::bigint) n on conflict do nothing");
        await Run($"insert into post_reactions select n % {Posts} + 1, (n * 104729 + n / {Posts} * 131) % {People} + 1, 1 from generate_series(1, {Posts * 5}::bigint) n on conflict do nothing");
        await Run(
            """
            update posts p set views = v.n from (select post_id, count(*) n from post_views group by 1) v where v.post_id = p.id;
            update posts p set like_count = r.n from (select post_id, count(*) n from post_reactions group by 1) r where r.post_id = p.id;
            insert into post_days (list, list_id, day, posts) select 0, 0, (created_at at time zone 'UTC')::date, count(*) from posts group by 3;
            insert into post_days (list, list_id, day, posts) select 1, author, (created_at at time zone 'UTC')::date, count(*) from posts group by 2, 3;
            """);
        await Ledger("select 20, 2, p.id, p.author, p.author, null::int as value, p.created_at as at from posts p");
        await Ledger("select 10, 2, v.post_id, v.user_id, p.author, null::int, v.at from post_views v join posts p on p.id = v.post_id");
        await Ledger("select 1, 2, r.post_id, r.user_id, p.author, r.kind::int, now() - interval '1 day' from post_reactions r join posts p on p.id = r.post_id");
        foreach (var table in (string[])["users", "posts", "post_views", "post_reactions", "ledger"])
            await Run($"vacuum (analyze) {table}");
        await Run("checkpoint");
    }

    public async Task<Guid[]> Uuids(string sql = "select uuid from users where username like 'person%' order by id")
    {
        var uuids = new List<Guid>();
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            uuids.Add(reader.GetGuid(0));
        return [.. uuids];
    }

    public async Task<long> FirstUser() => await Number("select min(id) from users where username like 'person%'");

    public async Task<long> FirstPost() => await Number("select min(id) from posts");

    public async Task Run(string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> Number(string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async Task<long[]> Numbers(string sql)
    {
        var numbers = new List<long>();
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            numbers.Add(reader.GetInt64(0));
        return [.. numbers];
    }

    /// <summary>Marked as an import's: the rows count, and notify nobody.</summary>
    private Task Ledger(string select) =>
        Run(
            $$"""
              insert into ledger (verb, object_kind, object_id, actor, subject, value, at, detail)
              select s.*, '{"import": true}'::jsonb from ({{select}}) s order by 7
              """);
}
