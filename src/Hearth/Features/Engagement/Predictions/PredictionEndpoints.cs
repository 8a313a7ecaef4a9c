using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Metrics;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Predictions;

/// <summary>What may come, and how far it is to be trusted.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="AsOf">The last day that it is drawn from (UTC).</param>
/// <param name="ExpectedEngagements">Engagements to expect in the next 7 days; null while no model does better than the naive guess.</param>
/// <param name="RiskOfLeaving">How likely none follows in the next 28 days, in [0, 1]; null likewise.</param>
/// <param name="Models">Both models with their measured errors; empty before the first training.</param>
internal sealed record PredictionView(
    long UserId, DateOnly? AsOf, double? ExpectedEngagements, double? RiskOfLeaving, IReadOnlyList<ModelView> Models);

/// <param name="Predicts"><c>engagements</c> (error: mean absolute, in engagements) or <c>leaving</c> (error: Brier's mean square).</param>
/// <param name="TrainedAt">When.</param>
/// <param name="Examples">Person-weeks learned from.</param>
/// <param name="HeldOutExamples">Person-weeks that the error was measured on, not seen in that training.</param>
/// <param name="HeldOutWeeks">How many weeks they are from.</param>
/// <param name="Error">Of the model.</param>
/// <param name="NaiveError">Of the guess that last week repeats, on the same weeks.</param>
/// <param name="Served">Whether the model does better and so is shown.</param>
internal sealed record ModelView(
    string Predicts, DateTime TrainedAt, int Examples, int HeldOutExamples, int HeldOutWeeks, double Error, double NaiveError, bool Served);

internal static class PredictionEndpoints
{
    public static void MapPredictions(this IEndpointRouteBuilder engagement) =>
        engagement.MapGet("/predictions", Get).RequireSignedIn().Limit(RateLimit.Reads).Produces<PredictionView>()
            .WithQuery("user", "Somebody else, by either id; for administrators.", 1).WithQuery("user_id", "The same as `user`.", 1);

    /// <summary>How much the caller is expected to engage, and the risk that they leave. Administrators may name a <c>user</c>.</summary>
    private static async Task<Answer> Get(HttpContext http, NpgsqlDataSource source, Whose whose, TimeProvider time)
    {
        var user = await whose.Asked(http);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var models = await PredictionStore.Latest(db, http.RequestAborted);
        var until = models.Count == 0 ? null : await PredictionStore.LastDay(db, Days.Today(time), http.RequestAborted);
        var weeks = until is { } day ? await PredictionStore.Weeks(db, user, day, http.RequestAborted) : [];
        double? Said(string kind, int digits) =>
            weeks.Length > 0 && models.Find(one => one.Model.Kind == kind).Model is { Served: true } model
                ? Math.Round(Training.Predict(kind, model.Weights, weeks), digits, MidpointRounding.AwayFromZero)
                : null;
        return Answer.Ok(new PredictionView(user, until, Said(Training.Engagements, 1), Said(Training.Leaving, 2), models.ConvertAll(View)));
    }

    private static ModelView View((Model Model, DateTime TrainedAt) one) => new(
        one.Model.Kind,
        one.TrainedAt,
        one.Model.Examples,
        one.Model.HeldOut,
        one.Model.HeldOutWeeks,
        Math.Round(one.Model.Error, 4),
        Math.Round(one.Model.NaiveError, 4),
        one.Model.Served);
}
