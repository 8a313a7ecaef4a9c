using Hearth.Platform;

namespace Hearth.Features.Interactions;

/// <summary>What a tracked interaction may say.</summary>
internal static class TrackRules
{
    private static readonly TimeSpan MostPast = TimeSpan.FromDays(30);
    private static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(5);

    /// <returns>The type's number; fails where something is out of its range.</returns>
    public static short Check(TrackRequest request, DateTimeOffset now)
    {
        var type = InteractionTypes.Parse(request.InteractionType);
        if (type == 0)
            throw Failure.Invalid("interactionType", $"interactionType must be one of: {string.Join(", ", InteractionTypes.Names)}.");
        Within("interactionValue", request.InteractionValue, 1, 10);
        if (type == InteractionTypes.Rate && request.InteractionValue is null)
            throw Failure.Invalid("interactionValue", "interactionValue is required for a rating.");
        Within("moodIntensityAtInteraction", request.MoodIntensityAtInteraction, 1, 10);
        Within("interactionDurationSeconds", request.InteractionDurationSeconds, 0, int.MaxValue);
        Fits("moodAtInteraction", request.MoodAtInteraction, 50);
        Fits("context", request.Context, 2_000);
        Fits("notes", request.Notes, 10_000);
        if (request.OccurredAt is { } at && (at < now.UtcDateTime - MostPast || at > now.UtcDateTime + MostAhead))
            throw Failure.Invalid("occurredAt", "occurredAt must be at most 30 days past and 5 minutes ahead.");
        return type;
    }

    private static void Within(string field, int? value, int least, int most)
    {
        if (value < least)
            throw Failure.Invalid(field, $"{field} must not be less than {least}.");
        if (value > most)
            throw Failure.Invalid(field, $"{field} must not be greater than {most}.");
    }

    private static void Fits(string field, string? text, int most)
    {
        if (text?.Length > most)
            throw Failure.Invalid(field, $"{field} must be shorter than or equal to {most} characters.");
    }
}
