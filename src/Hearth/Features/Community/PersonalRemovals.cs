using Hearth.Database;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>The chunks in which a person's things leave the community, each as if it were deleted or taken back by hand.</summary>
internal sealed class PersonalRemovals(MediaFolder folder)
{
    private const int Chunk = 100;

    private const string MentionsSql =
        """
        -- erasure.mentions
        with gone as (
          delete from mentions where id in (select id from mentions where user_id = $1 order by id limit $2)
          returning id, object_kind, object_id, post_id, author)
        select g.object_kind, g.object_id, g.post_id, g.author, p.group_id, p.course_id, p.campaign_id
          from gone g left join posts p on p.id = g.post_id order by g.id
        """;

    private readonly ModeratedContent content = new(folder);

    public async Task<Erased> Unbookmark(Write write, long user, CancellationToken ct)
    {
        var posts = await Ids(
            write.Db, "-- erasure.bookmarks\nselect b.post_id from post_bookmarks b join posts p on p.id = b.post_id where b.user_id = $1 order by 1 limit $2", user, ct);
        if (posts.Count == 0)
            return default;
        var (_, position) = await MarkStore.Flush(write.Db, posts.ConvertAll(post => new PostMark(MarkVerb.Unbookmark, post, user, IsModerator: true)), ct);
        write.Appended(position);
        return new Erased(posts.Count);
    }

    public Task<Erased> RemovePosts(Write write, long user, CancellationToken ct) =>
        Remove(write, ObjectKind.Post, "-- erasure.posts\nselect id from posts where author = $1 order by id limit $2", user, ct);

    public Task<Erased> RemoveComments(Write write, long user, CancellationToken ct) =>
        Remove(write, ObjectKind.Comment, "-- erasure.comments\nselect id from comments where author = $1 order by post_id, id limit $2", user, ct);

    public static async Task<Erased> Leave(Circle circle, Write write, long user, CancellationToken ct)
    {
        var left = await Ids(write.Db, $"-- erasure.{circle.Members}\nselect {circle.Key}::bigint from {circle.Members} where user_id = $1 order by 1 limit $2", user, ct);
        foreach (var id in left)
        {
            if (await CircleStore.Lock(write.Db, circle, (int)id, ct) is var (owner, _, _) && await CircleStore.Leave(write.Db, circle, (int)id, user))
                write.Append(circle.Entry(circle.Left, (int)id, user, owner));
        }

        return new Erased(left.Count);
    }

    public static async Task<Erased> Close(Circle circle, Write write, long user, CancellationToken ct)
    {
        var closed = await Ids(write.Db, $"-- erasure.{circle.Table}\nselect id::bigint from {circle.Table} where owner = $1 and member_count = 0 order by id limit $2 for update", user, ct);
        foreach (var id in closed)
        {
            await CircleStore.Delete(write.Db, circle, (int)id);
            write.Append(circle.Entry(circle.Deleted, (int)id, user, user));
        }

        return new Erased(closed.Count);
    }

    public static async Task<Erased> Unmention(Write write, long user, CancellationToken ct)
    {
        await using var command = Sql.Command(write.Db, MentionsSql, Sql.Value(user), Sql.Value(Chunk));
        await using var row = await command.ExecuteReaderAsync(ct);
        var gone = 0;
        for (; await row.ReadAsync(ct); gone++)
        {
            var place = new MentionPlace(
                (ObjectKind)row.GetInt16(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.IntOrNull(4), row.IntOrNull(5), row.IntOrNull(6));
            write.Append(MentionStore.Row(Verb.UnmentionUser, place, user));
        }

        return new Erased(gone);
    }

    /// <summary>Removes each as a moderator's removal does; what went along with one before is passed over.</summary>
    private async Task<Erased> Remove(Write write, ObjectKind kind, string sql, long user, CancellationToken ct)
    {
        var ids = await Ids(write.Db, sql, user, ct);
        var afterwards = new List<Action>();
        foreach (var id in ids)
        {
            if (await content.Remove(write, kind, id, user, ct) is { } action)
                afterwards.Add(action);
        }

        return new Erased(ids.Count, () => afterwards.ForEach(action => action()));
    }

    private static async Task<List<long>> Ids(NpgsqlConnection db, string sql, long user, CancellationToken ct)
    {
        var ids = new List<long>();
        await using var command = Sql.Command(db, sql, Sql.Value(user), Sql.Value(Chunk));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            ids.Add(row.GetInt64(0));
        return ids;
    }
}
