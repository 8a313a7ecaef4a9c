using System.Text;
using System.Text.Json;
using Npgsql;

namespace Hearth.Bench.Bare;

internal sealed class Lists(NpgsqlDataSource source)
{
    private const string Columns =
        """
        p.id, u.uuid, u.display_name, u.profile_photo, p.title, p.content, p.media, p.media_type, p.created_at, p.updated_at, p.views, p.comment_count,
        p.like_count, p.love_count, p.haha_count, p.sad_count,
        exists (select from post_views v where v.post_id = p.id and v.user_id = $1),
        (select kind from post_reactions r where r.post_id = p.id and r.user_id = $1)
        """;

    private static readonly string[] Kinds = ["👍", "❤️", "😂", "😢"];

    private byte[][]? shared;
    private long[] ids = [];

    /// <summary>The whole page by one query.</summary>
    public async Task OneQuery(HttpContext http)
    {
        await using var command = source.CreateCommand(
            $"""
             select {Columns} from (select * from posts order by created_at desc, id desc limit 20) p join users u on u.id = p.author
              order by p.created_at desc, p.id desc
             """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Reader(http) });
        using var buffer = new MemoryStream(16_384);
        await using (var reader = await command.ExecuteReaderAsync())
        await using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("count", 100_000);
            json.WriteStartArray("results");
            while (await reader.ReadAsync())
                Post(json, reader);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        await Send(http, buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    /// <summary>The shared posts in memory, and one small query for the reader's part.</summary>
    public async Task FromMemory(HttpContext http)
    {
        var posts = shared ?? await Load();
        await using var command = source.CreateCommand(
            """
            select i, exists (select from post_views v where v.post_id = i and v.user_id = $2),
                   (select kind from post_reactions r where r.post_id = i and r.user_id = $2)
              from unnest($1::bigint[]) i
            """);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = ids });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Reader(http) });
        using var buffer = new MemoryStream(16_384);
        buffer.Write("{\"count\":100000,\"results\":["u8);
        await using (var reader = await command.ExecuteReaderAsync())
        {
            for (var i = 0; await reader.ReadAsync(); i++)
            {
                if (i > 0)
                    buffer.WriteByte((byte)',');
                buffer.Write(posts[i]);
                buffer.Write(reader.GetBoolean(1) ? "\"has_viewed\":true,"u8 : "\"has_viewed\":false,"u8);
                buffer.Write(Encoding.UTF8.GetBytes(reader.IsDBNull(2) ? "\"user_reaction\":null}" : $"\"user_reaction\":\"{Kinds[reader.GetInt16(2) - 1]}\"}}"));
            }
        }

        buffer.Write("]}"u8);
        await Send(http, buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    public async Task Single(HttpContext http, long id)
    {
        await using var command = source.CreateCommand($"select {Columns} from posts p join users u on u.id = p.author where p.id = $2");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Reader(http) });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        using var buffer = new MemoryStream(2_048);
        await using (var reader = await command.ExecuteReaderAsync())
        await using (var json = new Utf8JsonWriter(buffer))
        {
            await reader.ReadAsync();
            Post(json, reader);
        }

        await Send(http, buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    private static long Reader(HttpContext http) => long.Parse(http.Request.Query["user"]!, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task Send(HttpContext http, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body);
    }

    private static void Post(Utf8JsonWriter json, NpgsqlDataReader reader)
    {
        json.WriteStartObject();
        Shared(json, reader);
        json.WriteBoolean("has_viewed", reader.GetBoolean(16));
        json.WriteString("user_reaction", reader.IsDBNull(17) ? null : Kinds[reader.GetInt16(17) - 1]);
        json.WriteEndObject();
    }

    private static void Shared(Utf8JsonWriter json, NpgsqlDataReader r)
    {
        json.WriteNumber("id", r.GetInt64(0));
        json.WriteStartObject("user");
        json.WriteString("id", r.GetGuid(1));
        json.WriteString("display_name", r.GetString(2));
        json.WriteString("profile_photo", r.IsDBNull(3) ? null : r.GetString(3));
        json.WriteEndObject();
        json.WriteString("title", r.IsDBNull(4) ? null : r.GetString(4));
        json.WriteString("content", r.GetString(5));
        json.WriteString("media", r.IsDBNull(6) ? null : r.GetString(6));
        json.WriteString("media_type", r.IsDBNull(7) ? null : r.GetString(7));
        json.WriteString("created_at", r.GetDateTime(8));
        json.WriteString("updated_at", r.GetDateTime(9));
        json.WriteNumber("views", r.GetInt32(10));
        json.WriteNumber("comment_count", r.GetInt32(11));
        json.WriteStartArray("reaction_summary");
        for (var kind = 0; kind < 4; kind++)
        {
            if (r.GetInt32(12 + kind) is var count and > 0)
            {
                json.WriteStartObject();
                json.WriteString("reaction_type", Kinds[kind]);
                json.WriteNumber("count", count);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private async Task<byte[][]> Load()
    {
        await using var command = source.CreateCommand(
            $"select {Columns} from posts p join users u on u.id = p.author order by p.created_at desc, p.id desc limit 20");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = 0 });
        var posts = new List<byte[]>();
        var order = new List<long>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            using var buffer = new MemoryStream();
            await using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                Shared(json, reader);
                json.WriteEndObject();
            }

            // The object stays open: the reader's part is written after it.
            posts.Add([.. buffer.ToArray().AsSpan()[..^1], (byte)',']);
            order.Add(reader.GetInt64(0));
        }

        ids = [.. order];
        return shared = [.. posts];
    }
}
