using Hearth.Platform;

namespace Hearth.Features.Messaging;

/// <summary>Reads texts of bodies.</summary>
internal static class Texts
{
    public static string Required(string field, string? text, int longest)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length == 0)
            throw Failure.Invalid(field, "This field may not be blank.");
        return Short(field, trimmed, longest);
    }

    public static string? Optional(string field, string? text, int longest) => text?.Trim() is { Length: > 0 } given ? Short(field, given, longest) : null;

    public static string Choice(string field, string? text, params ReadOnlySpan<string> choices) =>
        text is not null && choices.Contains(text) ? text : throw Failure.Invalid(field, $"\"{text}\" is not a valid choice.");

    private static string Short(string field, string text, int longest)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            throw Failure.Invalid(field, "Null characters are not allowed.");
        return text.Length <= longest ? text : throw Failure.Invalid(field, $"Ensure this field has no more than {longest} characters.");
    }
}
