using System.Text.Json.Serialization;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Operations.Batch;

/// <summary>A job and how it fares.</summary>
/// <param name="Interval">Seconds from the beginning of a run to the beginning of the next.</param>
/// <param name="State"><c>running</c>, <c>stopped</c> or <c>waiting</c>.</param>
/// <param name="Outcome">Of the last run: <c>succeeded</c>, <c>failed</c> or <c>stopped</c>.</param>
internal sealed record BatchJob(
    string Name, int Interval, string State, long Runs, DateTime? LastRun, DateTime? NextRun, long? DurationMs, string? Outcome, string? Message);

/// <param name="Running">Whether batch jobs run when they are due.</param>
internal sealed record BatchStatus(bool Running, IReadOnlyList<BatchJob> Jobs);

/// <param name="Job">One of the status's jobs.</param>
internal sealed record ProcessRequest(string Job);

internal sealed record Processed(string Job, string Status);

/// <param name="RetentionDays">For how many days deliveries that ended stay, 1 to 365; 30 where nothing is said.</param>
internal sealed record CleanupRequest(int? RetentionDays);

/// <param name="Removed">How many rows went, by kind.</param>
internal sealed record CleanupView(IReadOnlyDictionary<string, int> Removed);

internal sealed record BatchHealth(string Status, bool Running, IReadOnlyList<string> Failing);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(BatchStatus))]
[JsonSerializable(typeof(ProcessRequest))]
[JsonSerializable(typeof(Processed))]
[JsonSerializable(typeof(CleanupRequest))]
[JsonSerializable(typeof(CleanupView))]
[JsonSerializable(typeof(BatchHealth))]
internal sealed partial class BatchJson : JsonSerializerContext;

/// <summary><c>/api/v1/batch</c>: the scheduled jobs, for administrators.</summary>
internal static class BatchEndpoints
{
    public static void MapBatch(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/batch").WithDialect(Dialect.Problem).WithTags("Batch");
        api.MapGet("/health", Health).AllowAnyone().Limit(RateLimit.None).Produces<BatchHealth>().Produces<BatchHealth>(503);
        var admin = api.MapGroup("").RequireRole(Roles.Admin);
        admin.MapGet("/status", Status).Limit(RateLimit.Reads).Produces<BatchStatus>();
        admin.MapPost("/start", Start).Limit(RateLimit.Creates).Produces<BatchStatus>();
        admin.MapPost("/stop", Stop).Limit(RateLimit.Creates).Produces<BatchStatus>();
        admin.MapPost("/process", Process).Limit(RateLimit.Creates).Accepts<ProcessRequest>("application/json").Produces<Processed>(StatusCodes.Status202Accepted);
        admin.MapPost("/cleanup", Cleanup).Limit(RateLimit.Creates).Accepts<CleanupRequest>(isOptional: true, "application/json").Produces<CleanupView>();
    }

    /// <summary>The jobs</summary>
    private static async Task<IResult> Status(HttpContext http, Schedule schedule) => Answer.Ok(await Read(schedule, http.RequestAborted));

    /// <summary>Let batch jobs run when they are due</summary>
    private static Task<IResult> Start(HttpContext http, Schedule schedule) => Pause(http, schedule, paused: false);

    /// <summary>Stop batch jobs, on all nodes</summary>
    /// <remarks>What runs is not interrupted. What keeps the server itself in order goes on.</remarks>
    private static Task<IResult> Stop(HttpContext http, Schedule schedule) => Pause(http, schedule, paused: true);

    /// <summary>Run a job now</summary>
    /// <remarks>On whichever node comes first, once, also while the jobs are stopped; its state is shown by the status.</remarks>
    private static async Task<IResult> Process(HttpContext http, Schedule schedule)
    {
        var wanted = await Body.Read<ProcessRequest>(http);
        if (!await schedule.Request(wanted.Job, http.RequestAborted))
            throw Failure.Invalid("job", $"\"{wanted.Job}\" is not a valid choice.");
        return Answer.Of(StatusCodes.Status202Accepted, new Processed(wanted.Job, "due"));
    }

    /// <summary>Remove what is kept no longer than it is needed</summary>
    /// <remarks>Deliveries that ended 30 days ago, or as many as `retention_days` says, and answers that were kept a day for a repeat. Jobs do it each hour, too.</remarks>
    private static async Task<IResult> Cleanup(HttpContext http, NpgsqlDataSource source)
    {
        var days = (await Body.ReadOptional<CleanupRequest>(http))?.RetentionDays ?? DeliveryStore.Kept;
        if (days is < 1 or > 365)
            throw Failure.Invalid("retention_days", "A number of days from 1 to 365 is required.");
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return Answer.Ok(new CleanupView(new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["deliveries"] = await DeliveryStore.Sweep(db, 50_000, http.RequestAborted, days),
            ["idempotency_keys"] = await IdempotencySweep.Run(db, http.RequestAborted),
        }));
    }

    /// <summary>Do the jobs run?</summary>
    private static async Task<IResult> Health(HttpContext http, Schedule schedule)
    {
        try
        {
            var status = await Read(schedule, http.RequestAborted);
            string[] failing = [.. status.Jobs.Where(job => job.Outcome == "failed").Select(job => job.Name)];
            return Answer.Ok(new BatchHealth(failing.Length == 0 ? "healthy" : "degraded", status.Running, failing));
        }
        catch (NpgsqlException)
        {
            return Answer.Of(StatusCodes.Status503ServiceUnavailable, new BatchHealth("unhealthy", false, []));
        }
    }

    private static async Task<IResult> Pause(HttpContext http, Schedule schedule, bool paused)
    {
        await schedule.Pause(paused, http.RequestAborted);
        return Answer.Ok(await Read(schedule, http.RequestAborted));
    }

    private static async Task<BatchStatus> Read(Schedule schedule, CancellationToken ct)
    {
        var jobs = await schedule.Status(ct);
        return new BatchStatus(!jobs.Any(job => job.IsPaused), [.. jobs.Select(View)]);
    }

    private static BatchJob View(JobStatus job) => new(
        job.Name,
        (int)job.Period.TotalSeconds,
        job.IsRunning ? "running" : job.IsPaused ? "stopped" : "waiting",
        job.Runs,
        job.LastRunAt,
        job.IsPaused ? null : job.NextRunAt,
        job.DurationMs,
        job.Outcome,
        job.Message);
}
