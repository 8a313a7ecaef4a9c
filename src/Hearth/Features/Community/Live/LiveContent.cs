using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>The counters of a post or comment as they are now.</summary>
internal sealed record LiveCounts(int Views, int Comments, IReadOnlyList<ReactionCount> Reactions);

/// <summary>
/// What events tell of posts, comments and people, read in one round trip; what is gone or hidden is not in it, and so
/// nobody hears of it.
/// </summary>
internal sealed class LiveContent
{
    private const string PostCountsSql =
        """
        -- live.post_counts
        select id, views, comment_count, like_count, love_count, haha_count, sad_count from posts where id = any($1) and not is_hidden
        """;

    private const string CommentCountsSql =
        """
        -- live.comment_counts
        select c.id, 0, 0, c.like_count, c.love_count, c.haha_count, c.sad_count
          from comments c join posts p on p.id = c.post_id where c.id = any($1) and not c.is_hidden and not p.is_hidden
        """;

    private const string PeopleSql =
        """
        -- live.people
        select id, uuid from users where id = any($1)
        """;

    private const string ApartSql =
        $"""
        -- live.apart
        select person, other from ({Blocks.Pairs}) parted where person = any($1)
        """;

    // What a void or its end left of people's reactions.
    private const string KindsSql =
        """
        -- live.reactions
        select 2::smallint, r.post_id, r.user_id, r.kind
          from unnest($1::bigint[], $2::bigint[]) as i (id, user_id) join post_reactions r on r.post_id = i.id and r.user_id = i.user_id
        union all
        select 3::smallint, r.comment_id, r.user_id, r.kind
          from unnest($1::bigint[], $2::bigint[]) as i (id, user_id) join comment_reactions r on r.comment_id = i.id and r.user_id = i.user_id
        """;

    public Dictionary<long, byte[]> Posts { get; } = [];

    public Dictionary<long, CommentView> Comments { get; } = [];

    public Dictionary<long, LiveCounts> PostCounts { get; } = [];

    public Dictionary<long, LiveCounts> CommentCounts { get; } = [];

    public Dictionary<long, Guid> People { get; } = [];

    /// <summary>Reactions that stand, of those about which rows were voided or restored.</summary>
    public Dictionary<(ObjectKind Kind, long Id, long User), short> Standing { get; } = [];

    /// <summary>Who does not hear of what these authors wrote.</summary>
    private Dictionary<long, HashSet<long>> Apart { get; } = [];

    /// <summary>Who does not hear of the post or comment that the row is about; null for everybody may.</summary>
    public IReadOnlySet<long>? ApartFrom(LedgerRow fact) => Author(fact) is { } author ? Apart.GetValueOrDefault(author) : null;

    public static async Task<LiveContent> Read(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, MediaLinks links, CancellationToken ct)
    {
        var content = new LiveContent();
        List<LedgerRow> facts = [.. rows.Select(row => row.Voided ?? row)];
        List<LedgerRow> compensated = [.. rows.Where(row => row.Voided is not null && CommunityLive.IsReaction(row.Voided.Verb)).Select(row => row.Voided!)];
        await using var batch = new NpgsqlBatch(db);
        var reads = new List<Action<NpgsqlDataReader>>();
        Add(
            Ids(facts, row => row.Verb is Verb.CreatePost or Verb.EditPost or Verb.UnhidePost), PostStore.ByIds,
            row => content.Keep(PostStore.Post(row, links)));
        Add(
            Ids(facts, row => row.Verb is Verb.CommentPost or Verb.ReplyComment or Verb.EditComment or Verb.UnhideComment), CommentStore.Shown,
            row => content.Comments[row.GetInt64(0)] = CommentStore.Comment(row, links));
        Add(
            [.. facts.Where(TellsPostCounts).Select(row => CommentDetail.Post(row) ?? 0).Distinct()],
            ids => Command(PostCountsSql, ids), row => content.PostCounts[row.GetInt64(0)] = Counts(row));
        Add(
            Ids(facts, row => row.Kind == ObjectKind.Comment && CommunityLive.IsReaction(row.Verb)),
            ids => Command(CommentCountsSql, ids), row => content.CommentCounts[row.GetInt64(0)] = Counts(row));
        Add(
            [.. facts.Where(row => CommunityLive.IsReaction(row.Verb)).Select(row => row.Actor ?? 0).Distinct()],
            ids => Command(PeopleSql, ids), row => content.People[row.GetInt64(0)] = row.GetGuid(1));
        Add(
            [.. compensated.Select(row => row.ObjectId)],
            ids => Kinds(ids, compensated),
            row => content.Standing[((ObjectKind)row.GetInt16(0), row.GetInt64(1), row.GetInt64(2))] = row.GetInt16(3));
        Add(
            [.. facts.Select(Author).OfType<long>().Distinct()],
            ids => Command(ApartSql, ids), row => content.KeepApart(row.GetInt64(0), row.GetInt64(1)));
        if (reads.Count == 0)
            return content;
        await using var found = await batch.ExecuteReaderAsync(ct);
        foreach (var read in reads)
        {
            while (await found.ReadAsync(ct))
                read(found);
            await found.NextResultAsync(ct);
        }

        return content;

        void Add(long[] ids, Func<long[], NpgsqlBatchCommand> command, Action<NpgsqlDataReader> read)
        {
            if (ids.Length == 0)
                return;
            batch.BatchCommands.Add(command(ids));
            reads.Add(read);
        }
    }

    /// <returns>How many comments the post has; null when it is gone or hidden.</returns>
    public int? CommentCount(long post) => PostCounts.GetValueOrDefault(post)?.Comments;

    /// <summary>Views and reactions of a post, and comments that came, went or are seen again.</summary>
    private static bool TellsPostCounts(LedgerRow row) =>
        row.Verb is Verb.CommentPost or Verb.ReplyComment or Verb.DeleteComment or Verb.HideComment or Verb.UnhideComment
        || (row.Kind == ObjectKind.Post && (row.Verb == Verb.ViewPost || CommunityLive.IsReaction(row.Verb)));

    /// <summary>Who wrote what the row tells of, where it tells of a text.</summary>
    private static long? Author(LedgerRow fact) => fact.Verb switch
    {
        Verb.CommentPost or Verb.ReplyComment => fact.Actor,
        Verb.CreatePost or Verb.EditPost or Verb.UnhidePost or Verb.EditComment or Verb.UnhideComment => fact.Subject ?? fact.Actor,
        _ => null,
    };

    private void KeepApart(long author, long other)
    {
        if (!Apart.TryGetValue(author, out var others))
            Apart[author] = others = [];
        others.Add(other);
    }

    private void Keep(CachedPost post)
    {
        if (!post.IsHidden)
            Posts[post.Id] = post.Bytes();
    }

    private static LiveCounts Counts(NpgsqlDataReader row) =>
        new(row.GetInt32(1), row.GetInt32(2), ReactionKinds.Summary(row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6)));

    private static NpgsqlBatchCommand Command(string sql, long[] ids) =>
        new(sql) { Parameters = { new NpgsqlParameter<long[]> { TypedValue = ids } } };

    private static NpgsqlBatchCommand Kinds(long[] ids, List<LedgerRow> rows)
    {
        var command = Command(KindsSql, ids);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.Actor ?? 0)] });
        return command;
    }

    private static long[] Ids(IReadOnlyList<LedgerRow> facts, Func<LedgerRow, bool> condition) =>
        [.. facts.Where(condition).Select(row => row.ObjectId).Distinct()];
}
