using System.Globalization;

namespace Hearth.Platform;

/// <summary>Times as clients write them: ISO 8601, and nothing else that a calendar's language would let pass.</summary>
internal static class IsoTime
{
    // Windows of days before a time must have days, and the database's own ends of time are no times.
    private const int FirstYear = 1900;

    /// <param name="text">A date, or a date and a time; one without an offset is taken as UTC.</param>
    /// <param name="utc">The time, as exact as the database keeps it.</param>
    public static bool TryParse(string text, out DateTime utc)
    {
        utc = default;
        if (!IsDated(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            || time.UtcDateTime.Year < FirstYear)
            return false;
        utc = new DateTime(time.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);
        return true;
    }

    /// <summary>Begins with year, month and day, and a time after that.</summary>
    private static bool IsDated(string text)
    {
        const string Form = "0000-00-00";
        if (text.Length < Form.Length || (text.Length > Form.Length && text[Form.Length] is not ('T' or 't' or ' ')))
            return false;
        for (var i = 0; i < Form.Length; i++)
        {
            if (Form[i] == '0' ? !char.IsAsciiDigit(text[i]) : text[i] != Form[i])
                return false;
        }

        return true;
    }
}
