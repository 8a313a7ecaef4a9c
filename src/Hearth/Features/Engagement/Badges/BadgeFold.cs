using Hearth.Features.Engagement.Actions;
using Hearth.Features.Engagement.Reputation;
using Hearth.Features.Engagement.Rollups;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Badges;

/// <summary>
/// The fourth stage: badges, given at the row that reaches them and kept when an action is taken back. Whom a void concerns is
/// judged anew afterwards, by <see cref="BadgeJudge"/>.
/// </summary>
internal sealed class BadgeFold(People people, IReadOnlyList<BadgeRule> custom, Memory memory)
{
    private readonly Attention attention = new(people, memory);
    private readonly BadgeWindows windows = new(custom);
    private readonly Dictionary<(long User, int Badge), Holding> held = [];
    private readonly List<Holding> given = [];

    public async Task Load(NpgsqlConnection db, IReadOnlyList<Deed> candidates, long before, CancellationToken ct)
    {
        await attention.Load(db, candidates, ct);
        await LoadHeld(db, ct);
        await windows.Load(db, candidates, people, before, held.Keys, ct);
    }

    public void Apply(in Change change)
    {
        Count(change);
        attention.Apply(change);
        windows.Apply(change);
        if (change.Ordinary)
            Reach(change.Deed);
    }

    public void Write(NpgsqlBatch batch)
    {
        attention.Write(batch);
        BadgeStore.Add(batch, given);
    }

    /// <summary>What is written now is what the next slice begins with.</summary>
    public void Settle()
    {
        attention.Settle();
        foreach (var holding in given)
        {
            if (memory.Held.TryGetValue(holding.User, out var holdings))
                holdings.Add(holding);
        }
    }

    private async Task LoadHeld(NpgsqlConnection db, CancellationToken ct)
    {
        var unknown = people.Ids.Where(id => !memory.Held.ContainsKey(id)).ToArray();
        foreach (var id in unknown)
            memory.Held[id] = [];
        if (unknown.Length > 0)
        {
            foreach (var holding in await BadgeStore.Held(db, unknown, ct))
                memory.Held[holding.User].Add(holding);
        }

        foreach (var id in people.Ids)
        {
            foreach (var holding in memory.Held[id])
                held[(id, holding.Badge)] = holding;
        }
    }

    private void Count(in Change change)
    {
        var deed = change.Deed;
        if (Tallies.Of(deed.Verb) is { } tally)
            people[deed.Actor].Counts[(int)tally] += change.Sign;
        else if (deed.Verb == Verb.FoundGroup)
            people[deed.Actor][Total.GroupsFounded] += change.Sign;
        if (deed.Receiver is { } receiver && ReceivedOf(deed.Verb) is { } total)
            people[receiver][total] += change.Sign;
    }

    private void Reach(Deed deed)
    {
        var actor = people[deed.Actor];
        switch (deed.Verb)
        {
            case Verb.CommentPost or Verb.ReplyComment:
                Give(actor, Badge.FirstComment, true, deed);
                Give(actor, Badge.Commenter, actor[Tally.Comments] + actor[Tally.Replies] >= BadgeBook.Comments, deed);
                break;
            case Verb.LikePost or Verb.LikeComment:
                Give(actor, Badge.FirstLike, true, deed);
                break;
            case Verb.FoundGroup:
                Give(actor, Badge.GroupStarter, true, deed);
                break;
            case Verb.AwardBadge when deed.Subject is { } awarded:
                Give(awarded, (int)deed.Key.ObjectId, deed);
                break;
        }

        foreach (var rule in custom)
        {
            if (rule.Verbs.Contains(deed.Verb) && Reached(rule, actor, deed))
                Give(actor.Id, rule.Badge, deed);
        }

        if (deed.Receiver is { } receiver)
            ReachByOthers(people[receiver], deed);
        if (BadgeBook.EarnerOf(Side.OnPosts, deed) is { } author)
            Give(people[author], Badge.CommunityVoice, people[author][Total.Voiced] >= BadgeBook.VoicedPosts, deed);
    }

    private void ReachByOthers(Person receiver, Deed deed)
    {
        Give(receiver, Badge.TenLikes, receiver[Total.LikesReceived] >= BadgeBook.Likes, deed);
        Give(receiver, Badge.Mentioned, receiver[Total.MentionsReceived] >= BadgeBook.Mentions, deed);
        Give(receiver, Badge.HelpfulContributor, receiver[Total.Helpful] >= BadgeBook.HelpfulComments, deed);
        var influences = receiver[Total.Followers] >= BadgeBook.Followers || (deed.Verb == Verb.ViewPost && windows.Reaches(receiver.Id, deed.Day));
        Give(receiver, Badge.Influencer, influences, deed);
    }

    private bool Reached(BadgeRule rule, Person actor, Deed deed) =>
        rule.Days is null
            ? actor[Tallies.Of(deed.Verb)!.Value] >= rule.Count
            : windows.Reaches(rule, actor.Id, deed.Day);

    private void Give(Person person, Badge badge, bool reached, Deed deed)
    {
        if (reached)
            Give(person.Id, (int)badge, deed);
    }

    private void Give(long user, int badge, Deed deed)
    {
        var holding = new Holding(user, badge, deed.Id, deed.At);
        if (held.TryAdd((user, badge), holding))
            given.Add(holding);
    }

    private static Total? ReceivedOf(Verb verb) => verb switch
    {
        Verb.LikePost or Verb.LikeComment => Total.LikesReceived,
        Verb.MentionUser => Total.MentionsReceived,
        Verb.Follow => Total.Followers,
        Verb.ViewPost => Total.ViewsReceived,
        _ => null,
    };
}
