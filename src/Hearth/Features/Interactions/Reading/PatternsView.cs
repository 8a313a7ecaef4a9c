using System.Text.Json.Serialization;

namespace Hearth.Features.Interactions;

/// <summary>What a person's interactions have in common; the formulas are in docs/interactions.md.</summary>
/// <param name="TotalInteractions">Rows.</param>
/// <param name="DateRange">From the first to the last; null where nothing is tracked.</param>
internal sealed record PatternsView(
    [property: JsonPropertyName("totalInteractions")] long TotalInteractions,
    [property: JsonPropertyName("dateRange")] DateRangeView? DateRange,
    [property: JsonPropertyName("patterns")] PatternView Patterns,
    [property: JsonPropertyName("trends")] TrendView Trends)
{
    public static PatternsView Example => new(
        25,
        new DateRangeView(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 12, 31, 23, 59, 59, DateTimeKind.Utc)),
        new PatternView("like", 120, 0.7, "evening", "movies"),
        new TrendView("increasing", "positive"));
}

internal sealed record DateRangeView(
    [property: JsonPropertyName("start")] DateTime Start,
    [property: JsonPropertyName("end")] DateTime End);

/// <param name="MostCommonType">The most frequent type; of several the first in the list of types.</param>
/// <param name="AverageDuration">The mean of the durations that were sent, in seconds with two decimals; 0 where none was.</param>
/// <param name="MoodCorrelation">Pearson's r of mood intensity and opinion, with four decimals; null under 3 pairs, or where one never varies.</param>
/// <param name="TimeOfDayPattern">morning (5 to 12), afternoon (to 17), evening (to 22) or night, in the person's time zone.</param>
/// <param name="ContentTypePreference">The content type of most interactions; of several the first by name.</param>
internal sealed record PatternView(
    [property: JsonPropertyName("mostCommonType")] string? MostCommonType,
    [property: JsonPropertyName("averageDuration")] double AverageDuration,
    [property: JsonPropertyName("moodCorrelation")] double? MoodCorrelation,
    [property: JsonPropertyName("timeOfDayPattern")] string? TimeOfDayPattern,
    [property: JsonPropertyName("contentTypePreference")] string? ContentTypePreference);

/// <param name="InteractionFrequency">increasing, decreasing or stable: the later half of the range beside the earlier.</param>
/// <param name="MoodCorrelation">positive, negative or stable: the correlation of the later half beside that of the earlier.</param>
internal sealed record TrendView(
    [property: JsonPropertyName("interactionFrequency")] string InteractionFrequency,
    [property: JsonPropertyName("moodCorrelation")] string MoodCorrelation);
