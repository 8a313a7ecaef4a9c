using System.Text.Json.Serialization;

namespace Hearth.Features.Interactions;

/// <summary>A person's interactions of a range, counted for charts: by type, by hour of the day, and how moods went. Days and hours are the person's.</summary>
/// <param name="TimeZone">The person's, by which hours and days are taken; UTC where none is set.</param>
/// <param name="Types">The most frequent first; types that never happened are left out.</param>
/// <param name="Hours">24 counts, from midnight on.</param>
/// <param name="MoodStep">What a point of <c>mood</c> stands for: a day (ranges up to 62 days), a week from Monday on (up to 550 days), or a month.</param>
/// <param name="Mood">The oldest first; where no intensity was noted there is no point.</param>
internal sealed record ChartsView(
    [property: JsonPropertyName("totalInteractions")] long TotalInteractions,
    [property: JsonPropertyName("timeZone")] string TimeZone,
    [property: JsonPropertyName("types")] IReadOnlyList<TypeCount> Types,
    [property: JsonPropertyName("hours")] IReadOnlyList<long> Hours,
    [property: JsonPropertyName("moodStep")] string MoodStep,
    [property: JsonPropertyName("mood")] IReadOnlyList<MoodPoint> Mood)
{
    public static ChartsView Example => new(
        25, "Africa/Nairobi", [new TypeCount("like", 15), new TypeCount("view", 10)],
        [0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 4, 9, 6, 0, 0, 0],
        "day", [new MoodPoint(new DateOnly(2026, 3, 1), 6.5, 4), new MoodPoint(new DateOnly(2026, 3, 2), 8, 1)]);
}

internal sealed record TypeCount(
    [property: JsonPropertyName("interactionType")] string InteractionType,
    [property: JsonPropertyName("interactions")] long Interactions);

/// <param name="From">The first day that it stands for.</param>
/// <param name="Average">The mean intensity, 1 to 10, two decimals.</param>
/// <param name="Notes">How many intensities it is the mean of.</param>
internal sealed record MoodPoint(
    [property: JsonPropertyName("from")] DateOnly From,
    [property: JsonPropertyName("average")] double Average,
    [property: JsonPropertyName("notes")] long Notes);
