using System.Text.Json.Serialization;
using Hearth.Platform;

namespace Hearth.Features.Interactions;

/// <summary>An experiment that is to begin.</summary>
/// <param name="Name">1 to 100 characters; nobody else's.</param>
/// <param name="Variants">2 to 10; the first is what the others are compared with.</param>
/// <param name="Outcome">The type of interaction that is hoped for.</param>
/// <param name="OutcomeDays">How many days after somebody's first exposure it counts: 1 to 90, 7 if absent.</param>
/// <param name="PlannedPeople">How many people each variant is to have before anything is decided; 1,000 if absent.</param>
internal sealed record ExperimentRequest(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("variants")] IReadOnlyList<VariantView> Variants,
    [property: JsonPropertyName("outcome")] string Outcome,
    [property: JsonPropertyName("description")] string Description = "",
    [property: JsonPropertyName("outcomeDays")] int OutcomeDays = 7,
    [property: JsonPropertyName("plannedPeople")] int PlannedPeople = 1000);

/// <param name="Name">1 to 50 characters.</param>
/// <param name="Weight">Its share of people, beside those of the others: 1 to 1,000.</param>
internal sealed record VariantView(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("weight")] int Weight = 1);

/// <param name="Variant">The caller's own; null for a service token.</param>
internal sealed record ExperimentView(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("description")] string Description,
    [property: JsonPropertyName("variants")] IReadOnlyList<VariantView> Variants,
    [property: JsonPropertyName("outcome")] string Outcome,
    [property: JsonPropertyName("outcomeDays")] int OutcomeDays,
    [property: JsonPropertyName("plannedPeople")] int PlannedPeople,
    [property: JsonPropertyName("variant")] string? Variant,
    [property: JsonPropertyName("createdAt")] DateTime CreatedAt);

/// <summary>Somebody meets an experiment.</summary>
/// <param name="Shown">The contents that they see, in this order; up to 100. A replay needs them.</param>
internal sealed record ExposureRequest(
    [property: JsonPropertyName("userId")] PersonId UserId,
    [property: JsonPropertyName("shown")] IReadOnlyList<ContentRef>? Shown = null);

internal sealed record ExposureView(
    [property: JsonPropertyName("experimentId")] long ExperimentId,
    [property: JsonPropertyName("userId")] long UserId,
    [property: JsonPropertyName("variant")] string Variant);

/// <summary>What a row of the ledger tells of an exposure besides the variant: contents by their ids.</summary>
internal sealed record ShownDetail([property: JsonPropertyName("shown")] IReadOnlyList<long> Shown);

/// <param name="Warning">Why nothing should be decided yet; null once every variant has its planned people.</param>
internal sealed record ExperimentReport(
    [property: JsonPropertyName("experimentId")] long ExperimentId,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("variants")] IReadOnlyList<VariantReport> Variants,
    [property: JsonPropertyName("warning")] string? Warning);

/// <param name="People">Exposed.</param>
/// <param name="Outcomes">Those of them who then did what is hoped for.</param>
/// <param name="Pending">Those of them without it whose days for it are not over: as long as there are many, the rate will still rise.</param>
/// <param name="Rate">Outcomes / people.</param>
/// <param name="Interval">Of the rate: Wilson's, 95 %.</param>
/// <param name="Difference">Rate less the first variant's; null for the first.</param>
/// <param name="DifferenceInterval">Of the difference: Newcombe's, 95 %.</param>
internal sealed record VariantReport(
    [property: JsonPropertyName("variant")] string Variant,
    [property: JsonPropertyName("people")] long People,
    [property: JsonPropertyName("outcomes")] long Outcomes,
    [property: JsonPropertyName("pending")] long Pending,
    [property: JsonPropertyName("rate")] double Rate,
    [property: JsonPropertyName("interval")] Interval Interval,
    [property: JsonPropertyName("difference")] double? Difference,
    [property: JsonPropertyName("differenceInterval")] Interval? DifferenceInterval);

internal sealed record Interval(
    [property: JsonPropertyName("low")] double Low,
    [property: JsonPropertyName("high")] double High);

/// <summary>A ranking to be tried on what was shown before.</summary>
/// <param name="Ranking">Contents, the best first; up to 10,000. Those not named keep their order behind the others.</param>
internal sealed record ReplayRequest([property: JsonPropertyName("ranking")] IReadOnlyList<ContentRef> Ranking);

/// <summary>How high both orders put what people took to.</summary>
/// <param name="Exposures">Those looked at: the last 10,000 with something shown.</param>
/// <param name="Judged">Those of them after which the person took to something shown; the figures are of these.</param>
/// <param name="Interval">Of the mean difference of ndcg, replayed less recorded: 95 %; null under 2 judged.</param>
internal sealed record ReplayView(
    [property: JsonPropertyName("exposures")] int Exposures,
    [property: JsonPropertyName("judged")] int Judged,
    [property: JsonPropertyName("recorded")] RankingScore Recorded,
    [property: JsonPropertyName("replayed")] RankingScore Replayed,
    [property: JsonPropertyName("difference")] double Difference,
    [property: JsonPropertyName("interval")] Interval? Interval,
    [property: JsonPropertyName("note")] string Note);

/// <param name="ReciprocalRank">Mean of 1 / place of the first that was taken to.</param>
/// <param name="Ndcg">Mean normalised discounted cumulative gain at 10.</param>
internal sealed record RankingScore(
    [property: JsonPropertyName("reciprocalRank")] double ReciprocalRank,
    [property: JsonPropertyName("ndcg")] double Ndcg);
