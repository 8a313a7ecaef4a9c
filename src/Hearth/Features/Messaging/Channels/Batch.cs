using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Features.Messaging.Tenancy;

namespace Hearth.Features.Messaging.Channels;

/// <summary>What one delivery sends: messages of a range of ids, one of a conversation or some of a campaign.</summary>
/// <param name="Tenant">The tenant's number.</param>
/// <param name="From">The first id.</param>
/// <param name="To">The last id.</param>
/// <param name="Mailing">The campaign; null for a conversation's message.</param>
/// <param name="Run">The campaign's run that this belongs to: an earlier one sends nothing.</param>
/// <param name="Again">Ordered by a person for messages whose outcome was uncertain: sent whatever the campaign's state.</param>
internal sealed record Batch(int Tenant, long From, long To, long? Mailing = null, int Run = 0, bool Again = false)
{
    public static Batch OfMessage(Tenant tenant, long message) => new(tenant.Number, message, message);

    public static Batch Read(string payload) => JsonSerializer.Deserialize(payload, OutgoingJson.Default.Batch)!;

    public string Text() => JsonSerializer.Serialize(this, OutgoingJson.Default.Batch);
}

[JsonSerializable(typeof(Batch))]
internal sealed partial class OutgoingJson : JsonSerializerContext;
