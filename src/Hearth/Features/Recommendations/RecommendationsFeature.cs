using Hearth.Jobs;

namespace Hearth.Features.Recommendations;

/// <summary>
/// The engine behind every recommendation: it learns which objects go together. What it finds lies in a table, from which each feature that
/// recommends picks for the taste that a person has at that moment.
/// </summary>
internal static class RecommendationsFeature
{
    public static void AddRecommendations(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<ScheduledJob, TrainingJob>();
}
