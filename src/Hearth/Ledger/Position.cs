using System.Globalization;

namespace Hearth.Ledger;

/// <summary>
/// A position in the ledger as clients see it: sixteen hexadecimal digits, so that strings sort as positions do.
/// It is the header <c>Ledger-Position</c>, the id of a live event and the cursor of the event stream.
/// </summary>
internal static class Position
{
    public const string Header = "Ledger-Position";

    public static string Format(long position) => position.ToString("x16", CultureInfo.InvariantCulture);

    /// <returns>Whether the text is a position in the form of <see cref="Format"/>; ids stay below 2^53.</returns>
    public static bool TryParse(string? text, out long position)
    {
        position = 0;
        return text is { Length: 16 }
            && long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out position)
            && position is >= 0 and < 1L << 53
            && string.Equals(text, Format(position), StringComparison.Ordinal);
    }
}
