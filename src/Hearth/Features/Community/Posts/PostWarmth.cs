using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>Reads what most readers see first: the newest posts, and those that trend.</summary>
internal sealed class PostWarmth(PostReads reads, TrendingPosts trending) : ICacheWarmth
{
    // Nobody: whatever it says of a reader concerns no one.
    private static readonly Caller Nobody = new(0, Guid.Empty, Roles.None, null, 0);

    public string Name => "posts";

    public async Task Warm(CancellationToken ct)
    {
        await reads.List(new PostListQuery(new PageQuery(1, 20)), Nobody, ct);
        await reads.ByIds(await trending.Ids(), Nobody, ct);
    }
}
