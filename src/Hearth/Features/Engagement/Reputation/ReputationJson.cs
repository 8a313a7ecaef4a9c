using System.Text.Json.Serialization;

namespace Hearth.Features.Engagement.Reputation;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RuleDetail))]
internal sealed partial class ReputationJson : JsonSerializerContext;
