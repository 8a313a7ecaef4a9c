using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hearth.Platform;

namespace Hearth.Features.Analytics.Tracking;

/// <summary>An event that is to be stored.</summary>
internal sealed record NewEvent(long User, string Type, string? TargetType, string? TargetId, string? Properties, int? Seconds);

/// <summary>Checks what applications report.</summary>
internal static partial class TrackIntake
{
    private const int MostEvents = 500;
    private const int MostProperties = 4_000;
    private const int MostSeconds = 7 * 86_400;

    /// <exception cref="Failure">400 for what cannot be taken.</exception>
    public static NewEvent[] Of(TrackRequest request, long user)
    {
        try
        {
            return All(request, user);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, in a text or a name: it is no text.
            throw Failure.Malformed("The body has text that is no Unicode.");
        }
    }

    private static NewEvent[] All(TrackRequest request, long user)
    {
        if (request.Events is not { } events)
            return [One(new TrackedEvent(request.EventType, request.TargetType, request.TargetId, request.Properties), user, "")];
        if (events.Count is 0 or > MostEvents)
            throw Failure.Invalid("events", $"From 1 to {MostEvents} events are taken at once.");
        return [.. events.Select((one, i) => One(one, user, string.Create(CultureInfo.InvariantCulture, $"events.{i}.")))];
    }

    private static NewEvent One(TrackedEvent? given, long user, string path)
    {
        if (given?.EventType is not { } type)
            throw Failure.Invalid(path + "event_type", "This field is required.");
        if (!Names().IsMatch(type))
            throw Failure.Invalid(path + "event_type", "A type is 1 to 64 letters, digits, \"_\", \".\", \":\" and \"-\".");
        if (given.TargetType is { } kind && !Names().IsMatch(kind))
            throw Failure.Invalid(path + "target_type", "A type is 1 to 64 letters, digits, \"_\", \".\", \":\" and \"-\".");
        var id = Id(given.TargetId, path + "target_id");
        if (id is not null && given.TargetType is null)
            throw Failure.Invalid(path + "target_type", "This field is required with target_id.");
        return new NewEvent(user, type, given.TargetType, id, Properties(given.Properties, path + "properties"), Seconds(given.Properties));
    }

    private static string? Id(JsonElement? given, string field)
    {
        var text = given?.ValueKind switch
        {
            null or JsonValueKind.Null => null,
            JsonValueKind.String => given.Value.GetString(),
            JsonValueKind.Number => given.Value.GetRawText(),
            _ => throw Failure.Invalid(field, "A text or number is required."),
        };
        return text is null or { Length: > 0 and <= 100 } ? text : throw Failure.Invalid(field, "An id has 1 to 100 characters.");
    }

    private static string? Properties(JsonElement? given, string field)
    {
        if (given is not { ValueKind: not JsonValueKind.Null } some)
            return null;
        if (some.ValueKind != JsonValueKind.Object)
            throw Failure.Invalid(field, "An object is required.");
        var text = some.GetRawText();
        return text.Length <= MostProperties ? text : throw Failure.Invalid(field, $"Ensure this field has no more than {MostProperties} characters.");
    }

    private static int? Seconds(JsonElement? given)
    {
        if (given is not { ValueKind: JsonValueKind.Object } properties)
            return null;
        foreach (var name in (ReadOnlySpan<string>)["view_duration", "duration"])
        {
            if (properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds))
                return (int)Math.Clamp(seconds, 0, MostSeconds);
        }

        return null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.:\-]{1,64}\z", RegexOptions.None, 1000)]
    private static partial Regex Names();
}
