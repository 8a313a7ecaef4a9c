using Hearth.Features.Engagement.Actions;
using Hearth.Features.Engagement.Reputation;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Badges;

/// <summary>
/// How many engagements of others each post and comment has, and so how many comments of a person others reacted to, and
/// how many of their posts have ten.
/// </summary>
internal sealed class Attention(People people, Memory memory)
{
    private const string LoadSql =
        """
        -- engagement.objects.load
        select o.object_kind, o.object_id, o.engaged
          from unnest($1::smallint[], $2::bigint[]) as k (kind, id)
          join engagement_objects o on o.object_kind = k.kind and o.object_id = k.id
        """;

    private const string SetSql =
        """
        -- engagement.objects.set
        insert into engagement_objects (object_kind, object_id, owner, engaged)
        select * from unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::int[])
        on conflict (object_kind, object_id) do update set owner = excluded.owner, engaged = excluded.engaged
        """;

    private const string RemoveSql =
        """
        -- engagement.objects.remove
        delete from engagement_objects o using unnest($1::smallint[], $2::bigint[]) as k (kind, id)
         where o.object_kind = k.kind and o.object_id = k.id
        """;

    private readonly Dictionary<(ObjectKind Kind, long Id), int> engaged = [];
    private readonly Dictionary<(ObjectKind Kind, long Id), long> changed = [];

    public async Task Load(NpgsqlConnection db, IEnumerable<Deed> candidates, CancellationToken ct)
    {
        var unknown = new List<(ObjectKind Kind, long Id)>();
        foreach (var deed in candidates)
        {
            if (ObjectOf(deed) is not { } one || engaged.ContainsKey((one.Kind, one.Id)))
                continue;
            if (!memory.Engaged.TryGetValue((one.Kind, one.Id), out var known))
                unknown.Add((one.Kind, one.Id));
            engaged[(one.Kind, one.Id)] = known;
        }

        if (unknown.Count == 0)
            return;
        await using var batch = new NpgsqlBatch(db);
        Keyed(batch.Command(LoadSql), unknown);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            engaged[((ObjectKind)reader.GetInt16(0), reader.GetInt64(1))] = reader.GetInt32(2);
    }

    public void Apply(in Change change)
    {
        if (ObjectOf(change.Deed) is not { } one)
            return;
        var key = (one.Kind, one.Id);
        var before = engaged[key];
        var after = before + change.Sign;
        engaged[key] = after;
        changed[key] = one.Owner;
        var owner = people[one.Owner];
        owner.Touch(change.CauseId, change.CauseAt);
        if (one.Kind == ObjectKind.Comment)
            owner[Total.Helpful] += Crossed(before, after, 1);
        else
            owner[Total.Voiced] += Crossed(before, after, BadgeBook.VoicedEngagements);
    }

    public void Write(NpgsqlBatch batch)
    {
        var kept = changed.Where(entry => engaged[entry.Key] > 0).OrderBy(entry => entry.Key).ToList();
        if (kept.Count > 0)
        {
            Keyed(batch.Command(SetSql), [.. kept.Select(entry => entry.Key)])
                .Column(kept, entry => entry.Value)
                .Column(kept, entry => engaged[entry.Key]);
        }

        var gone = changed.Keys.Where(key => engaged[key] == 0).ToList();
        if (gone.Count > 0)
            Keyed(batch.Command(RemoveSql), gone);
    }

    /// <summary>What is written now is what the next slice begins with.</summary>
    public void Settle()
    {
        foreach (var (key, count) in engaged)
            memory.Engaged[key] = count;
    }

    private static int Crossed(int before, int after, int bar) => (after >= bar ? 1 : 0) - (before >= bar ? 1 : 0);

    private static (ObjectKind Kind, long Id, long Owner)? ObjectOf(Deed deed)
    {
        if (deed.Verb == Verb.LikeComment)
            return deed.Receiver is { } author ? (ObjectKind.Comment, deed.Key.ObjectId, author) : null;
        return deed.Verb is Verb.LikePost or Verb.CommentPost or Verb.ReplyComment or Verb.SharePost or Verb.BookmarkPost
            && deed.Post is { } post && BadgeBook.EarnerOf(Side.OnPosts, deed) is { } owner
            ? (ObjectKind.Post, post, owner)
            : null;
    }

    private static NpgsqlBatchCommand Keyed(NpgsqlBatchCommand command, List<(ObjectKind Kind, long Id)> keys) =>
        command.Column(keys, key => (short)key.Kind).Column(keys, key => key.Id);
}
