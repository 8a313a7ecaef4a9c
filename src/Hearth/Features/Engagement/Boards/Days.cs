using System.Globalization;
using Hearth.Platform;

namespace Hearth.Features.Engagement.Boards;

/// <summary>A span of days (UTC), both inclusive.</summary>
internal readonly record struct Days(DateOnly From, DateOnly To)
{
    /// <summary>The window of activity levels, of who is active, of badges that look at a month.</summary>
    public const int Month = 30;

    /// <summary>The longest window that rankings are kept for.</summary>
    public const int MostRanked = 365;

    public int Length => To.DayNumber - From.DayNumber + 1;

    /// <summary>As many days before these.</summary>
    public Days Before => new(From.AddDays(-Length), From.AddDays(-1));

    public DateTime Start => From.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    /// <summary>Exclusive.</summary>
    public DateTime End => To.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    /// <summary>"Of the last N days" means today (UTC) and the days before it, everywhere.</summary>
    public static Days Last(int days, DateOnly today) => new(today.AddDays(1 - days), today);

    public static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>How many days a request asks for.</summary>
    public static int Asked(HttpContext http, int otherwise, int most = MostRanked) => http.QueryInt("days", otherwise, 1, most);

    /// <summary>As the contract words a window.</summary>
    public static string Period(int days) => string.Create(CultureInfo.InvariantCulture, $"{days} days");
}
