using System.Text.Json.Serialization;
using Hearth.Platform;

namespace Hearth.Features.Interactions;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(TrackRequest))]
[JsonSerializable(typeof(TrackBatch))]
[JsonSerializable(typeof(RawBatch))]
[JsonSerializable(typeof(BatchTracked))]
[JsonSerializable(typeof(InteractionView[]))]
[JsonSerializable(typeof(InteractionHistory))]
[JsonSerializable(typeof(PatternsView))]
[JsonSerializable(typeof(ContentRequest))]
[JsonSerializable(typeof(KeysetPage<ContentView>))]
internal sealed partial class InteractionsJson : JsonSerializerContext;
