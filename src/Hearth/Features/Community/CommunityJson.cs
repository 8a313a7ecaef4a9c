using System.Text.Json.Serialization;
using Hearth.Platform;

namespace Hearth.Features.Community;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PostView))]
[JsonSerializable(typeof(Page<PostView>))]
[JsonSerializable(typeof(PostWriting))]
[JsonSerializable(typeof(PostWithComments))]
[JsonSerializable(typeof(Page<CommentView>))]
[JsonSerializable(typeof(CommentWriting))]
[JsonSerializable(typeof(ReactionView))]
[JsonSerializable(typeof(ReactionTarget))]
[JsonSerializable(typeof(BookmarkView))]
[JsonSerializable(typeof(ShareView))]
[JsonSerializable(typeof(ViewedPosts))]
[JsonSerializable(typeof(TrackedView))]
[JsonSerializable(typeof(ErrorView))]
[JsonSerializable(typeof(ViewStats))]
[JsonSerializable(typeof(CircleView))]
[JsonSerializable(typeof(KeysetPage<CircleView>))]
[JsonSerializable(typeof(KeysetPage<CircleMember>))]
[JsonSerializable(typeof(CircleWriting))]
[JsonSerializable(typeof(PostDeleted))]
[JsonSerializable(typeof(PostViewed))]
[JsonSerializable(typeof(CommentDeleted))]
[JsonSerializable(typeof(ReactionChanged))]
internal sealed partial class CommunityJson : JsonSerializerContext;
