namespace Hearth.Platform;

/// <summary><c>Prefer: wait</c>: what would be written behind the answer is written before it.</summary>
internal static class Preferences
{
    public static bool PrefersToWait(this HttpContext http)
    {
        foreach (var value in http.Request.Headers["Prefer"])
        {
            foreach (var preference in (value ?? "").Split(','))
            {
                if (preference.AsSpan().Trim() is "wait" || preference.AsSpan().Trim().StartsWith("wait="))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Tells that it was done.</summary>
    public static void Waited(this HttpContext http) => http.Response.Headers["Preference-Applied"] = "wait";
}
