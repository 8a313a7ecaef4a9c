using System.Text.Json;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Interactions;

/// <summary>Records who met which experiment.</summary>
internal sealed class Exposures(Writes writes, Catalogue catalogue)
{
    private const int MostShown = 100;

    public async Task<Answer> Record(HttpContext http, long id, ExposureRequest request)
    {
        var caller = http.Caller();
        var isOwn = caller.ServiceToken is null && (request.UserId.Number == caller.UserId || request.UserId.Uuid == caller.Uuid);
        if (!isOwn && !caller.IsAdmin && caller.ServiceToken is null)
            throw Failure.Forbidden("userId must be your own.");
        var shown = await Shown(request, http.RequestAborted);
        await using var write = await writes.Begin(http);
        var experiment = await ExperimentStore.Find(write.Db, id, http.RequestAborted) ?? throw Failure.NotFound();
        var user = isOwn ? caller.UserId : await request.UserId.Find(write.Db, http.RequestAborted);
        var variant = experiment.VariantOf(user);
        if (await ExperimentStore.Expose(write.Db, experiment.Id, user, http.RequestAborted) || shown.Count > 0)
        {
            write.Append(new Entry(Verb.ExposeExperiment, ObjectKind.Experiment, experiment.Id)
            {
                Actor = user,
                Subject = user,
                Value = variant,
                Detail = shown.Count > 0 ? JsonSerializer.Serialize(new ShownDetail(shown), InteractionsJson.Default.ShownDetail) : null,
            });
        }

        return await write.Commit(Answer.Created(new ExposureView(experiment.Id, user, experiment.Variants[variant])));
    }

    private async Task<List<long>> Shown(ExposureRequest request, CancellationToken ct)
    {
        if (request.Shown is not { Count: > 0 } shown)
            return [];
        if (shown.Count > MostShown)
            throw Failure.Invalid("shown", "shown must have at most 100 elements.");
        var known = await catalogue.Find([.. shown.Select(one => one.Text).Distinct(StringComparer.Ordinal)], ct);
        return
        [
            .. shown.Select(one => known.TryGetValue(one.Text, out var content) ? content.Id : throw Failure.Invalid("shown", "shown names a content that is not there."))
                .Distinct(),
        ];
    }
}
