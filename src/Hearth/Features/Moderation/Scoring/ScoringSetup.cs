namespace Hearth.Features.Moderation.Scoring;

/// <summary>The text scorer and what it learns from reviewers.</summary>
internal static class ScoringSetup
{
    public static void AddScoring(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TextScorer>(_ => new TextScorer());
        builder.Services.AddSingleton<ScorerLearning>();
        builder.Services.AddHostedService<LessonRefresh>();
    }
}
