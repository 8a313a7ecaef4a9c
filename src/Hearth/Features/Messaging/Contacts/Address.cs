using System.Text;

namespace Hearth.Features.Messaging.Contacts;

/// <summary>Phone numbers and e-mail addresses in the one form in which they are stored and compared.</summary>
internal static class Address
{
    /// <returns>The number without spaces and marks; null where it is none.</returns>
    public static string? Phone(string text)
    {
        var digits = new StringBuilder(text.Length);
        foreach (var c in text.Trim())
        {
            if (char.IsAsciiDigit(c) || (c == '+' && digits.Length == 0))
                digits.Append(c);
            else if (c is not (' ' or '-' or '.' or '(' or ')' or '/' or '\u00a0'))
                return null;
        }

        return digits.Length is >= 4 and <= 20 ? digits.ToString() : null;
    }

    /// <returns>The address; null where it is none.</returns>
    public static string? Email(string text)
    {
        var address = text.Trim();
        var at = address.LastIndexOf('@');
        return at > 0 && address.Length <= 254 && at == address.IndexOf('@', StringComparison.Ordinal) && at < address.Length - 1 && !address.AsSpan().ContainsAny(" \t\r\n\0<>,;\"")
            ? address
            : null;
    }
}
