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
[JsonSerializable(typeof(ChartsView))]
[JsonSerializable(typeof(ContentRequest))]
[JsonSerializable(typeof(KeysetPage<ContentView>))]
[JsonSerializable(typeof(RecommendedList))]
[JsonSerializable(typeof(ExperimentRequest))]
[JsonSerializable(typeof(KeysetPage<ExperimentView>))]
[JsonSerializable(typeof(ExposureRequest))]
[JsonSerializable(typeof(ExposureView))]
[JsonSerializable(typeof(ExperimentReport))]
[JsonSerializable(typeof(ReplayRequest))]
[JsonSerializable(typeof(ReplayView))]
[JsonSerializable(typeof(ShownDetail))]
internal sealed partial class InteractionsJson : JsonSerializerContext;
