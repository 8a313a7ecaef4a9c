using System.Text.Json.Serialization;
using Hearth.Platform;

namespace Hearth.Features.Skills;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SkillRequest))]
[JsonSerializable(typeof(SkillView))]
[JsonSerializable(typeof(IReadOnlyList<SkillDay>))]
[JsonSerializable(typeof(KeysetPage<SkillView>))]
[JsonSerializable(typeof(LikeView))]
[JsonSerializable(typeof(DownloadView))]
[JsonSerializable(typeof(RatingRequest))]
[JsonSerializable(typeof(RatedView))]
[JsonSerializable(typeof(KeysetPage<ReviewView>))]
[JsonSerializable(typeof(SkillCommentRequest))]
[JsonSerializable(typeof(SkillCommentEdit))]
[JsonSerializable(typeof(KeysetPage<SkillCommentView>))]
[JsonSerializable(typeof(TaskRequest))]
[JsonSerializable(typeof(KeysetPage<TaskView>))]
[JsonSerializable(typeof(VoteRequest))]
[JsonSerializable(typeof(VotedView))]
[JsonSerializable(typeof(TrendingSkills))]
[JsonSerializable(typeof(KeysetPage<CategoryView>))]
[JsonSerializable(typeof(SkillUpdate))]
[JsonSerializable(typeof(SkillGone))]
[JsonSerializable(typeof(TrendDetail))]
[JsonSerializable(typeof(TrendingUpdate))]
internal sealed partial class SkillsJson : JsonSerializerContext;
