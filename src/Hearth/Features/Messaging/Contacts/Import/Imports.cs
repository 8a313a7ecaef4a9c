using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Features.Messaging.Activity;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Contacts.Import;

/// <summary>
/// Takes contacts in. A short list is taken in at once; a long one goes on in chunks behind the answer, each in a transaction of its
/// own that also says how far it is, so that a crash neither loses nor doubles a row.
/// </summary>
internal sealed class Imports(Writes writes, Tenants tenants, DeliverySignal signal, TimeProvider time) : IDeliveryChannel
{
    private const int AtOnceRows = 1_000;
    private const int ChunkRows = 2_000;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(20);

    public string Name => "contact_imports";

    public int AtOnce => 1;

    public async Task<Answer> Take(HttpContext http, ParsedImport import)
    {
        var tenant = await tenants.Of(http);
        if (import.Total == 0)
            throw Failure.Malformed("There are no rows.");
        var caller = http.Caller().UserId;
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var id = await ImportStore.Insert(db, import, caller, Now);
        var atOnce = import.Good.Count <= AtOnceRows;
        if (atOnce)
            await Chunk(write, db, id, import.Good, caller);
        else
            await Deliveries.Enqueue(write.Db, $"import:{tenant.Number}:{id}", Name, new ImportTask(tenant.Number, id, caller).Text(), ct: http.RequestAborted);
        var view = await ImportStore.One(db, id);
        var answer = await write.Commit(atOnce ? Envelope.Created(view) : Envelope.Accepted(view));
        signal.Raise();
        return answer;
    }

    public async Task<Outcome> Send(Delivery delivery, CancellationToken ct)
    {
        var task = ImportTask.Read(delivery.Payload);
        var tenant = await tenants.Find(task.Tenant, ct);
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < Turn)
        {
            await using var write = await writes.Begin(ct);
            var db = new TenantDb(write.Db, tenant, ct);
            if (!await ImportStore.Lock(db, task.Import))
                return Outcome.Sent;
            await Chunk(write, db, task.Import, await ImportStore.Chunk(db, task.Import, ChunkRows), task.Actor);
            await write.Commit();
        }

        return Outcome.Later("More of it follows.", TimeSpan.Zero);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task Chunk(Write write, TenantDb db, long id, List<ImportRow> rows, long actor)
    {
        var now = Now;
        var added = rows.Count == 0 ? [] : await ImportStore.Add(db, rows, now);
        await ImportStore.Advance(db, id, rows.Count, added.Count, now);
        await ActivityStore.ContactsAdded(db, now, added, added.Count);
        write.Append(new Entry(Verb.ProgressImport, ObjectKind.ContactImport, id) { Actor = actor, Tenant = db.Tenant.Number, Value = added.Count });
    }
}

internal sealed record ImportTask(int Tenant, long Import, long Actor)
{
    public static ImportTask Read(string payload) => JsonSerializer.Deserialize(payload, ImportTaskJson.Default.ImportTask)!;

    public string Text() => JsonSerializer.Serialize(this, ImportTaskJson.Default.ImportTask);
}

[JsonSerializable(typeof(ImportTask))]
internal sealed partial class ImportTaskJson : JsonSerializerContext;
