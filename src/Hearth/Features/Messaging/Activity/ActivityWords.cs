using System.Globalization;

namespace Hearth.Features.Messaging.Activity;

/// <summary>How the feed words things.</summary>
internal static class ActivityWords
{
    public static readonly TimeSpan Live = TimeSpan.FromMinutes(5);

    private const int Shown = 50;

    private static readonly Dictionary<string, string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["am"] = "አማርኛ",
        ["ar"] = "العربية",
        ["de"] = "Deutsch",
        ["en"] = "English",
        ["es"] = "Español",
        ["fr"] = "Français",
        ["ha"] = "Hausa",
        ["hi"] = "हिन्दी",
        ["ig"] = "Igbo",
        ["it"] = "Italiano",
        ["pt"] = "Português",
        ["rw"] = "Ikinyarwanda",
        ["so"] = "Soomaali",
        ["sw"] = "Kiswahili",
        ["yo"] = "Yorùbá",
        ["zh"] = "中文",
        ["zu"] = "isiZulu",
    };

    public static string Ago(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } => Invariant($"{(int)age.TotalMinutes} min ago"),
        { TotalDays: < 1 } => Invariant($"{(int)age.TotalHours} hour{((int)age.TotalHours == 1 ? "" : "s")} ago"),
        _ => Invariant($"{(int)age.TotalDays} day{((int)age.TotalDays == 1 ? "" : "s")} ago"),
    };

    public static string Begin(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        if (line.Length <= Shown)
            return line;
        // Not through the middle of an emoji.
        var end = char.IsHighSurrogate(line[Shown - 1]) ? Shown - 1 : Shown;
        return line[..end].TrimEnd() + "...";
    }

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A language's own name, where it is known.</summary>
    public static string Language(string code) => Languages.GetValueOrDefault(code.Split('-', '_')[0]) ?? code;

    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
