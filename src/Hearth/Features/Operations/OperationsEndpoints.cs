using System.Globalization;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Operations;

/// <summary><c>/api/operations</c>: the ledger, its checks and what leaves the server, for administrators.</summary>
internal static class OperationsEndpoints
{
    private static readonly string[] States = ["pending", "sending", "sent", "dead", "cancelled"];

    public static void MapOperationsEndpoints(this IEndpointRouteBuilder routes)
    {
        var operations = routes.MapGroup("/api/operations").WithDialect(Dialect.Problem).WithTags("Operations").RequireRole(Roles.Admin);
        operations.MapGet("/ledger", Ledger).Limit(RateLimit.Reads).Produces<LedgerView>();
        operations.MapGet("/drift", Drift).Limit(RateLimit.Reads).Produces<DriftView>();
        operations.MapPost("/projections/{name}/rebuild", Rebuild).Limit(RateLimit.Creates)
            .Produces<RebuildView>(StatusCodes.Status202Accepted).WithFailure(409, "A rebuild of this projection is running.");
        operations.MapGet("/deliveries", Deliveries).Limit(RateLimit.Reads).WithKeyset()
            .WithQuery("state", "Only those in this state.", "dead", States).WithQuery("channel", "Only those of this channel.", "mail")
            .Produces<KeysetPage<DeliveryView>>();
        operations.MapPost("/deliveries/{id:long}/retry", Retry).Limit(RateLimit.Creates)
            .Produces<DeliveryView>().WithFailure(409, "It is sent, taken back, or under way.");
    }

    /// <summary>The ledger and its readers</summary>
    private static async Task<IResult> Ledger(HttpContext http, NpgsqlDataSource source, RebuildRuns rebuilds)
    {
        var ct = http.RequestAborted;
        await using var db = await source.OpenConnectionAsync(ct);
        var horizon = await LedgerStore.Horizon(db, ct);
        var projections = await OperationsStore.Projections(db, ct);
        return Answer.Ok(new LedgerView(
            Position.Format(await LedgerStore.Head(db, ct)),
            Position.Format(horizon),
            await OperationsStore.Rate(db, ct),
            await OperationsStore.OldestWriter(db, ct),
            await OperationsStore.Epoch(db, ct),
            projections.ConvertAll(one => new ProjectionView(
                one.Name, one.Version, Position.Format(one.Position), Math.Max(0, horizon - one.Position), one.Rows, one.UpdatedAt, rebuilds.Find(one.Name))),
            await OperationsStore.Partitions(db, ct)));
    }

    /// <summary>What the checks found</summary>
    /// <remarks>Every counter and every projection is recomputed from its source, one after another, in the background. Differences must be 0.</remarks>
    private static async Task<IResult> Drift(HttpContext http, NpgsqlDataSource source, Verification verification)
    {
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var found = (await DriftStore.Read(db, http.RequestAborted)).ToDictionary(one => one.Name, StringComparer.Ordinal);
        var checks = verification.Names.Select(name => found.TryGetValue(name, out var one)
            ? new DriftCheckView(name, one.Rows, one.Differences, one.At, one.Examples)
            : new DriftCheckView(name, null, null, null, []));
        return Answer.Ok(new DriftView(found.Values.Sum(one => one.Differences), [.. checks]));
    }

    /// <summary>Rebuild a projection from the ledger</summary>
    /// <remarks>Runs on behind the answer, while the projection is read and goes on; its state is shown with the projection.</remarks>
    private static IResult Rebuild(string name, RebuildRuns rebuilds) => Answer.Of(StatusCodes.Status202Accepted, rebuilds.Start(name));

    /// <summary>What leaves the server, newest first</summary>
    private static async Task<IResult> Deliveries(HttpContext http, NpgsqlDataSource source)
    {
        var page = http.KeysetQuery(1);
        var state = http.QueryText("state", 20);
        if (state is not null && !States.Contains(state, StringComparer.Ordinal))
            throw Failure.Invalid("state", $"Must be one of {string.Join(", ", States)}.");
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var rows = await OperationsStore.Deliveries(
            db, state, http.QueryText("channel", 50), page.Backwards, page.Cursor?.Long(0) ?? long.MaxValue, page.Take, http.RequestAborted);
        return Answer.Ok(Keyset.Page(http, page, rows, row => [row.Id.ToString(CultureInfo.InvariantCulture)], row => row));
    }

    /// <summary>Try a delivery again</summary>
    /// <remarks>At once, with all its attempts anew: one that was given up, or that waits for its next attempt.</remarks>
    private static async Task<IResult> Retry(HttpContext http, long id, Writes writes, DeliverySignal signal)
    {
        await using var write = await writes.Begin(http);
        var changed = await DeliveryStore.Retry(write.Db, id, http.RequestAborted);
        var delivery = await OperationsStore.Delivery(write.Db, id, http.RequestAborted) ?? throw Failure.NotFound();
        if (!changed)
            throw Failure.Conflict($"It is {delivery.State}.");
        var answer = await write.Commit(Answer.Ok(delivery));
        signal.Raise();
        return answer;
    }
}
