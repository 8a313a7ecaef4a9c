using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;

namespace Hearth.Features.Engagement.Badges;

/// <summary>Follows one person's actions in order and says when a badge is reached.</summary>
internal abstract class BadgeMeter
{
    /// <returns>Whether the badge is reached after this action began (1) or ended (-1) to count.</returns>
    public abstract bool Step(Deed deed, int sign);

    public static BadgeMeter Of(BadgeRule rule) => rule switch
    {
        { Badge: (int)Badge.HelpfulContributor } => new ObjectMeter(deed => deed.Key.ObjectId, 1, rule.Count),
        { Badge: (int)Badge.CommunityVoice } => new ObjectMeter(deed => deed.Post!.Value, BadgeBook.VoicedEngagements, rule.Count),
        { Badge: (int)Badge.Influencer } => new InfluenceMeter(),
        { Days: { } days } => new WindowMeter(rule.Count, days),
        _ => new CountMeter(rule.Count),
    };

    /// <summary>So many at once.</summary>
    private sealed class CountMeter(int bar) : BadgeMeter
    {
        private int count;

        public override bool Step(Deed deed, int sign) => (count += sign) >= bar;
    }

    /// <summary>So many objects that have so many each.</summary>
    private sealed class ObjectMeter(Func<Deed, long> objectOf, int each, int bar) : BadgeMeter
    {
        private readonly Dictionary<long, int> counts = [];
        private int full;

        public override bool Step(Deed deed, int sign)
        {
            var before = counts.GetValueOrDefault(objectOf(deed));
            counts[objectOf(deed)] = before + sign;
            full += (before + sign >= each ? 1 : 0) - (before >= each ? 1 : 0);
            return full >= bar;
        }
    }

    /// <summary>So many in the days that end with the action's own.</summary>
    private sealed class WindowMeter(int bar, int days) : BadgeMeter
    {
        private readonly Dictionary<DateOnly, int> counts = [];

        public override bool Step(Deed deed, int sign)
        {
            counts[deed.Day] = counts.GetValueOrDefault(deed.Day) + sign;
            var sum = 0;
            for (var i = 0; i < days; i++)
                sum += counts.GetValueOrDefault(deed.Day.AddDays(-i));
            return sum >= bar;
        }
    }

    /// <summary>Followers at once, or different viewers in 30 days.</summary>
    private sealed class InfluenceMeter : BadgeMeter
    {
        private readonly ReachWindow reach = new();
        private int followers;

        public override bool Step(Deed deed, int sign)
        {
            if (deed.Verb == Verb.Follow)
                followers += sign;
            else
                reach.Count(deed.Actor, deed.Day, sign);
            return followers >= BadgeBook.Followers || (deed.Verb == Verb.ViewPost && reach.Reaches(deed.Day));
        }
    }
}

/// <summary>Who saw anything of one author on which days.</summary>
internal sealed class ReachWindow
{
    private readonly Dictionary<long, Dictionary<DateOnly, int>> viewers = [];

    public void Count(long viewer, DateOnly day, int sign)
    {
        if (!viewers.TryGetValue(viewer, out var days))
            viewers[viewer] = days = [];
        var count = days.GetValueOrDefault(day) + sign;
        if (count > 0)
            days[day] = count;
        else
            days.Remove(day);
        if (days.Count == 0)
            viewers.Remove(viewer);
    }

    /// <returns>Whether enough people saw something in the 30 days that end with this one.</returns>
    public bool Reaches(DateOnly day)
    {
        if (viewers.Count < BadgeBook.Reach)
            return false;
        var from = day.AddDays(1 - BadgeBook.ReachDays);
        return viewers.Values.Count(days => days.Keys.Any(one => one >= from && one <= day)) >= BadgeBook.Reach;
    }
}
