namespace Hearth.Features.Moderation.Scoring;

/// <summary>What the host of a link says.</summary>
internal static class Links
{
    private const int LongestEnding = 6;

    /// <summary>Whether it is one of the last labels of a host that people write without a scheme.</summary>
    public static bool IsEnding(ReadOnlySpan<char> label)
    {
        Span<char> lower = stackalloc char[LongestEnding];
        if (label.Length is < 2 or > LongestEnding)
            return false;
        label.ToLowerInvariant(lower);
        return lower[..label.Length] is "com" or "net" or "org" or "uk" or "info" or "biz" or "ru" or "tv" or "io" or "ly" or "app" or "dev"
            or "ke" or "tz" or "ng" or "edu" or "gov" or "gg" or "cc" or "de" or "eu" || IsCheap(lower[..label.Length]);
    }

    /// <param name="host">With or without its scheme, up to the path.</param>
    public static bool IsOdd(ReadOnlySpan<char> host)
    {
        Span<char> lower = stackalloc char[LongestEnding];
        var label = host[(host.LastIndexOf('.') + 1)..];
        if (label.Length is < 2 or > LongestEnding)
            return false;
        label.ToLowerInvariant(lower);
        return IsCheap(lower[..label.Length]) || host.EndsWith("bit.ly", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith("tinyurl.com", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsCheap(ReadOnlySpan<char> label) => label is "xyz" or "top" or "site" or "online" or "shop" or "club" or "link" or "live" or "win" or "bid" or "icu";
}
