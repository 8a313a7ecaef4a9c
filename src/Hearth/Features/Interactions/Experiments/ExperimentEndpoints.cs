using System.Globalization;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>Experiments: who sees what, what came of it, and whether another ranking would do better.</summary>
internal static class ExperimentEndpoints
{
    public static void MapExperiments(this IEndpointRouteBuilder interactions)
    {
        var experiments = interactions.MapGroup("/experiments");
        experiments.MapGet("", List).RequireSignedIn(orScope: Scopes.Interactions).Limit(RateLimit.Reads).Produces<KeysetPage<ExperimentView>>().WithKeyset();
        experiments.MapPost("", Found).RequireRole(Roles.Admin).Limit(RateLimit.Creates)
            .Accepts<ExperimentRequest>("application/json").Produces<ExperimentView>(StatusCodes.Status201Created)
            .WithFailure(StatusCodes.Status409Conflict, "Another experiment has this name.");
        experiments.MapPost("/{id}/exposures", Expose).RequireSignedIn(orScope: Scopes.Interactions).Limit(RateLimit.Tracking)
            .Accepts<ExposureRequest>("application/json").Produces<ExposureView>(StatusCodes.Status201Created);
        experiments.MapGet("/{id}/report", Report).RequireRole(Roles.Admin).Limit(RateLimit.Reads).Produces<ExperimentReport>();
        experiments.MapPost("/{id}/replay", Replay).RequireRole(Roles.Admin).Limit(RateLimit.Creates)
            .Accepts<ReplayRequest>("application/json").Produces<ReplayView>();
    }

    /// <summary>All experiments, the newest first, with the caller's variant of each.</summary>
    private static async Task<KeysetPage<ExperimentView>> List(HttpContext http, NpgsqlDataSource source)
    {
        var page = http.KeysetQuery(1);
        var caller = http.Caller();
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var rows = await ExperimentStore.List(db, page, http.RequestAborted);
        return Keyset.Page(
            http, page, rows, row => [row.Id.ToString(CultureInfo.InvariantCulture)], row => row.View(caller.ServiceToken is null ? caller.UserId : null));
    }

    /// <summary>Begins an experiment. Who gets which variant follows from the experiment and the person alone.</summary>
    private static async Task<Answer> Found(HttpContext http, Writes writes)
    {
        var request = ExperimentRules.Checked(await Body.Read<ExperimentRequest>(http));
        await using var write = await writes.Begin(http);
        var experiment = await ExperimentStore.Add(write.Db, request, http.RequestAborted) ?? throw Failure.Conflict("Another experiment has this name.");
        write.Append(new Entry(Verb.FoundExperiment, ObjectKind.Experiment, experiment.Id) { Actor = http.Caller().UserId });
        return await write.Commit(Answer.Created(experiment.View(http.Caller().UserId)));
    }

    /// <summary>Records that somebody met the experiment, and tells their variant.</summary>
    /// <remarks>Without <c>shown</c> only a person's first exposure is recorded. The caller's own, but for administrators and service tokens.</remarks>
    private static async Task<Answer> Expose(HttpContext http, string id, Exposures exposures) =>
        await exposures.Record(http, ExperimentRules.Id(id), await Body.Read<ExposureRequest>(http));

    /// <summary>What came of each variant, from the ledger: people exposed, and those who did what is hoped for within the days that count.</summary>
    private static async Task<ExperimentReport> Report(HttpContext http, string id, NpgsqlDataSource source, TimeProvider time)
    {
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var experiment = await ExperimentStore.Find(db, ExperimentRules.Id(id), http.RequestAborted) ?? throw Failure.NotFound();
        var counts = await ExperimentStore.Counts(db, experiment, time.GetUtcNow().UtcDateTime, http.RequestAborted);
        return ExperimentFigures.Report(experiment, counts);
    }

    /// <summary>Scores a new ranking over what was shown before, beside the order that was shown.</summary>
    private static async Task<ReplayView> Replay(HttpContext http, string id, NpgsqlDataSource source, Catalogue catalogue)
    {
        var request = await Body.Read<ReplayRequest>(http);
        if (request.Ranking.Count is 0 or > 10_000)
            throw Failure.Invalid("ranking", "ranking must have 1 to 10000 elements.");
        var names = request.Ranking.Select(one => one.Text).Distinct(StringComparer.Ordinal).ToList();
        var known = await catalogue.Find(names, http.RequestAborted);
        var places = new Dictionary<long, int>();
        foreach (var name in names)
            places.TryAdd((known.TryGetValue(name, out var content) ? content : throw Failure.Invalid("ranking", "ranking names a content that is not there.")).Id, places.Count);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var experiment = await ExperimentStore.Find(db, ExperimentRules.Id(id), http.RequestAborted) ?? throw Failure.NotFound();
        return Rankings.Replay(await ExperimentStore.Shown(db, experiment, http.RequestAborted), places);
    }
}

internal static class ExperimentRules
{
    public static long Id(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw Failure.NotFound();

    public static ExperimentRequest Checked(ExperimentRequest request)
    {
        var name = request.Name.Trim();
        if (name.Length is 0 or > 100)
            throw Failure.Invalid("name", "name must have 1 to 100 characters.");
        if (request.Description.Length > 2_000)
            throw Failure.Invalid("description", "description must be shorter than or equal to 2000 characters.");
        if (request.Variants.Count is < 2 or > 10 || request.Variants.Any(one => one is null || one.Name.Trim().Length is 0 or > 50 || one.Weight is < 1 or > 1000)
            || request.Variants.DistinctBy(one => one.Name.Trim(), StringComparer.Ordinal).Count() < request.Variants.Count)
            throw Failure.Invalid("variants", "variants must be 2 to 10, each with a name of its own and a weight from 1 to 1000.");
        if (InteractionTypes.Parse(request.Outcome) == 0)
            throw Failure.Invalid("outcome", $"outcome must be one of: {string.Join(", ", InteractionTypes.Names)}.");
        if (request.OutcomeDays is < 1 or > 90)
            throw Failure.Invalid("outcomeDays", "outcomeDays must be from 1 to 90.");
        if (request.PlannedPeople is < 1 or > 100_000_000)
            throw Failure.Invalid("plannedPeople", "plannedPeople must be from 1 to 100000000.");
        return request with { Name = name, Variants = [.. request.Variants.Select(one => one with { Name = one.Name.Trim() })] };
    }
}
