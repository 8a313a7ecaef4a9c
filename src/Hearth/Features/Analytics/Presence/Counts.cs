using Hearth.Ledger;

namespace Hearth.Features.Analytics.Presence;

/// <summary>In which five minutes somebody was there.</summary>
internal static class Slots
{
    public const int Seconds = 300;

    /// <returns>Null for what nobody does in person: what an import brings, what a job writes, voids.</returns>
    public static (long User, int Slot)? Of(LedgerRow row) =>
        row.Actor is { } actor && row.Verb is not (Verb.Void or Verb.Unvoid) && !row.IsImported
            ? (actor, At(row.At))
            : null;

    public static DateTime Time(int slot) => DateTime.UnixEpoch.AddSeconds((double)slot * Seconds);

    public static int At(DateTime time) => (int)((time.Ticks - DateTime.UnixEpoch.Ticks) / (Seconds * TimeSpan.TicksPerSecond));
}

/// <summary>The columns of a person's days.</summary>
internal static class UserDays
{
    public static readonly string[] Columns = ["events", "shared", "likes", "unlikes", "downloads", "ratings", "comments"];

    public static int Width => Columns.Length;

    public static void Count(DaySums sums, LedgerRow row, int sign)
    {
        var column = row.Verb switch
        {
            Verb.Track => 0,
            Verb.ShareSkill => 1,
            Verb.LikeSkill => 2,
            Verb.UnlikeSkill => 3,
            Verb.DownloadSkill => 4,
            Verb.RateSkill => 5,
            Verb.CommentSkill or Verb.ReplySkillComment => 6,
            _ => -1,
        };
        if (column >= 0 && row.Actor is { } actor)
            sums.Add(actor, row.At, column, sign);
    }
}

/// <summary>The columns of a skill's days.</summary>
internal static class SkillDays
{
    public static readonly string[] Columns = ["views", "likes", "unlikes", "downloads", "ratings", "comments", "events", "timed", "seconds"];

    public static int Width => Columns.Length;

    public static void Count(DaySums sums, LedgerRow row, int sign)
    {
        var column = row.Verb switch
        {
            Verb.ViewSkill => 0,
            Verb.LikeSkill => 1,
            Verb.UnlikeSkill => 2,
            Verb.DownloadSkill => 3,
            Verb.RateSkill => 4,
            Verb.CommentSkill or Verb.ReplySkillComment => 5,
            Verb.Track when row.Kind == ObjectKind.Skill => 6,
            _ => -1,
        };
        if (column < 0 || (column == 5 ? row.Number("skill") : row.ObjectId) is not { } skill)
            return;
        sums.Add(skill, row.At, column, sign);
        if (column == 6 && row.Value is { } seconds)
        {
            sums.Add(skill, row.At, 7, sign);
            sums.Add(skill, row.At, 8, (long)sign * seconds);
        }
    }
}
