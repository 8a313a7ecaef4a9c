using System.Globalization;

namespace Hearth.Platform;

/// <summary>Reads the query string; a wrong value is a 400 that names the parameter.</summary>
internal static class Query
{
    public static string? QueryText(this HttpContext http, string name, int longest = 500)
    {
        var value = http.Request.Query[name];
        if (value.Count == 0 || value[^1] is not { Length: > 0 } text)
            return null;
        return text.Length <= longest ? text : throw Failure.Invalid(name, $"Ensure this field has no more than {longest} characters.");
    }

    public static int QueryInt(this HttpContext http, string name, int otherwise, int least, int most) =>
        (int)(http.QueryLong(name, least, most) ?? otherwise);

    public static long? QueryLong(this HttpContext http, string name, long least = 1, long most = long.MaxValue)
    {
        if (http.QueryText(name) is not { } text)
            return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw Failure.Invalid(name, "A valid integer is required.");
        return Within(name, value, least, most);
    }

    public static double? QueryNumber(this HttpContext http, string name, double least, double most)
    {
        if (http.QueryText(name) is not { } text)
            return null;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            throw Failure.Invalid(name, "A valid number is required.");
        return Within(name, value, least, most);
    }

    public static bool QueryBool(this HttpContext http, string name, bool otherwise) =>
        http.QueryText(name)?.ToLowerInvariant() switch
        {
            null => otherwise,
            "true" or "1" => true,
            "false" or "0" => false,
            _ => throw Failure.Invalid(name, "Must be a valid boolean."),
        };

    /// <returns>One of <paramref name="choices"/>, or <paramref name="otherwise"/> where nothing is asked.</returns>
    public static string QueryChoice(this HttpContext http, string name, string otherwise, params ReadOnlySpan<string> choices)
    {
        if (http.QueryText(name) is not { } text)
            return otherwise;
        return choices.Contains(text) ? text : throw Failure.Invalid(name, $"\"{text}\" is not a valid choice.");
    }

    /// <returns>A time in UTC; one without an offset is taken as UTC.</returns>
    public static DateTime? QueryTime(this HttpContext http, string name)
    {
        if (http.QueryText(name) is not { } text)
            return null;
        return IsoTime.TryParse(text, out var time) ? time : throw Failure.Invalid(name, "A valid ISO 8601 time is required.");
    }

    public static Guid? QueryGuid(this HttpContext http, string name)
    {
        if (http.QueryText(name) is not { } text)
            return null;
        return Guid.TryParse(text, out var value) ? value : throw Failure.Invalid(name, "Must be a valid UUID.");
    }

    private static T Within<T>(string name, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0)
            throw Failure.Invalid(name, string.Create(CultureInfo.InvariantCulture, $"Ensure this value is greater than or equal to {least}."));
        return value.CompareTo(most) <= 0
            ? value
            : throw Failure.Invalid(name, string.Create(CultureInfo.InvariantCulture, $"Ensure this value is less than or equal to {most}."));
    }
}
