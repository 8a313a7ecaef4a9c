using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>A person's reaction to a post or comment; kind 0 takes it back.</summary>
internal readonly record struct Reaction(ObjectKind On, long Id, long User, byte Kind, bool IsModerator);

/// <summary>
/// The statements behind reactions, for one as for many: lock the objects by id, then state, counters and ledger in one
/// statement that looks only at what really changed.
/// </summary>
internal static class ReactionStore
{
    private static readonly Statements Posts = new("posts", "post_reactions", "post_id", ObjectKind.Post, Verb.LikePost, Verb.UnlikePost, "o", "");

    // A comment counts where its post does.
    private static readonly Statements Comments = new(
        "comments", "comment_reactions", "comment_id", ObjectKind.Comment, Verb.LikeComment, Verb.UnlikeComment, "q", "join posts q on q.id = o.post_id");

    /// <returns>For each reaction the post it is about, or 404 where its person may see no such thing.</returns>
    public static Task<(IReadOnlyList<Outcome<long>> Outcomes, long Position)> Flush(
        NpgsqlConnection db, IReadOnlyList<Reaction> reactions, CancellationToken ct) =>
        Flush(db, reactions, isLogged: true, ct);

    /// <summary>Makes state and counters what the ledger says already.</summary>
    public static Task Restate(NpgsqlConnection db, IReadOnlyList<Reaction> reactions, CancellationToken ct) =>
        Flush(db, reactions, isLogged: false, ct);

    private static async Task<(IReadOnlyList<Outcome<long>> Outcomes, long Position)> Flush(
        NpgsqlConnection db, IReadOnlyList<Reaction> reactions, bool isLogged, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        // Posts before comments: every transaction that locks both does so in this order.
        var posts = Posts.Add(batch, reactions, isLogged);
        var comments = Comments.Add(batch, reactions, isLogged);
        await using var rows = await batch.ExecuteReaderAsync(ct);
        var position = 0L;
        if (posts is not null)
            position = await posts.Read(rows, ct);
        if (comments is not null)
            position = Math.Max(position, await comments.Read(rows, ct));
        return ([.. reactions.Select(reaction => (reaction.On == ObjectKind.Post ? posts : comments)!.Outcome(reaction))], position);
    }

    private sealed class Statements(string objects, string table, string key, ObjectKind kind, Verb like, Verb unlike, string at, string join)
    {
        private readonly string lockSql =
            $"""
            -- reactions.lock_{objects}
            select id, author, is_hidden{(kind == ObjectKind.Comment ? ", post_id" : ", id")} from {objects} where id = any($1) order by id for no key update
            """;

        // Moderators may react to what is hidden, and so may its author.
        private readonly string applySql =
            $"""
            -- reactions.apply_{objects}
            with input as (
              select i.id, i.user_id, i.kind, i.n, coalesce(r.kind, 0::smallint) as was,
                     o.author, {at}.group_id, {at}.course_id, {at}.campaign_id{(kind == ObjectKind.Comment ? ", o.post_id" : "")}
                from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::boolean[]) with ordinality as i (id, user_id, kind, may, n)
                join {objects} o on o.id = i.id and (not o.is_hidden or i.may or o.author = i.user_id) {join}
                left join {table} r on r.{key} = i.id and r.user_id = i.user_id),
            changed as materialized (select * from input where kind <> was),
            put as (
              insert into {table} ({key}, user_id, kind) select id, user_id, kind from changed where kind > 0
              on conflict ({key}, user_id) do update set kind = excluded.kind),
            gone as (delete from {table} r using changed c where c.kind = 0 and r.{key} = c.id and r.user_id = c.user_id),
            counted as (
              update {objects} o
                 set like_count = o.like_count + d.likes, love_count = o.love_count + d.loves,
                     haha_count = o.haha_count + d.hahas, sad_count = o.sad_count + d.sads
                from (select id, sum((kind = 1)::int - (was = 1)::int)::int as likes, sum((kind = 2)::int - (was = 2)::int)::int as loves,
                             sum((kind = 3)::int - (was = 3)::int)::int as hahas, sum((kind = 4)::int - (was = 4)::int)::int as sads
                        from changed group by id) d
               where o.id = d.id)
            """;

        private readonly string logSql =
            $"""
            , logged as (
              insert into ledger (actor, object_id, subject, group_id, course_id, campaign_id, value, verb, object_kind, detail)
              select user_id, id, author, group_id, course_id, campaign_id, nullif(kind, 0),
                     case when was = 0 then {(short)like} when kind = 0 then {(short)unlike} else {(short)Verb.ChangeReaction} end, {(short)kind},
                     {(kind == ObjectKind.Comment ? "jsonb_build_object('post', post_id)" : "null")}
                from changed order by n
              returning id)
            select coalesce(max(id), 0) from logged
            """;

        private string ApplySql(bool isLogged) => applySql + (isLogged ? logSql : "\nselect 0::bigint");

        /// <returns>What reads the results; null where no reaction is to this kind of object.</returns>
        public Results? Add(NpgsqlBatch batch, IReadOnlyList<Reaction> reactions, bool isLogged)
        {
            // Of several by one person to one object the last counts, where the first was.
            var last = new Dictionary<(long Id, long User), Reaction>();
            foreach (var reaction in reactions)
            {
                if (reaction.On == kind)
                    last[(reaction.Id, reaction.User)] = reaction;
            }

            if (last.Count == 0)
                return null;
            Reaction[] items = [.. last.Values];
            batch.BatchCommands.Add(new NpgsqlBatchCommand(lockSql)
            {
                Parameters = { new NpgsqlParameter<long[]> { TypedValue = [.. items.Select(item => item.Id).Distinct()] } },
            });
            batch.BatchCommands.Add(new NpgsqlBatchCommand(ApplySql(isLogged))
            {
                Parameters =
                {
                    new NpgsqlParameter<long[]> { TypedValue = [.. items.Select(item => item.Id)] },
                    new NpgsqlParameter<long[]> { TypedValue = [.. items.Select(item => item.User)] },
                    new NpgsqlParameter<short[]> { TypedValue = [.. items.Select(item => (short)item.Kind)] },
                    new NpgsqlParameter<bool[]> { TypedValue = [.. items.Select(item => item.IsModerator)] },
                },
            });
            return new Results();
        }
    }

    private sealed class Results
    {
        private readonly Dictionary<long, (long Author, bool Hidden, long Post)> objects = [];

        public async Task<long> Read(NpgsqlDataReader rows, CancellationToken ct)
        {
            while (await rows.ReadAsync(ct))
                objects[rows.GetInt64(0)] = (rows.GetInt64(1), rows.GetBoolean(2), rows.GetInt64(3));
            await rows.NextResultAsync(ct);
            await rows.ReadAsync(ct);
            var position = rows.GetInt64(0);
            await rows.NextResultAsync(ct);
            return position;
        }

        public Outcome<long> Outcome(Reaction reaction) =>
            objects.TryGetValue(reaction.Id, out var on) && (!on.Hidden || reaction.IsModerator || on.Author == reaction.User)
                ? new Outcome<long>(on.Post)
                : new Outcome<long>(0, Failure.NotFound());
    }
}
