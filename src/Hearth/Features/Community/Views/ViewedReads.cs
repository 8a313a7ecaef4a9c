using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>
/// Reads that count views of what they show: behind the answer, which shows the state before it; with <c>Prefer: wait</c>
/// first, and the answer shows them counted. A HEAD request shows nothing and counts nothing.
/// </summary>
internal sealed class ViewedReads(ViewTracker tracker, Writes writes)
{
    public async Task<PostPage> Page(HttpContext http, Caller caller, Func<Task<PostPage>> read)
    {
        var page = await read();
        if (!Counts(http, caller))
            return page;
        if (!http.PrefersToWait())
        {
            tracker.Track(caller.UserId, page.Ids());
            return page;
        }

        await Wait(http, caller, page.Ids());
        return await read();
    }

    public async Task<(CachedPost Post, Mark Mark)> One(HttpContext http, Caller caller, Func<Task<(CachedPost Post, Mark Mark)>> read)
    {
        var seen = await read();
        if (!Counts(http, caller))
            return seen;
        if (!http.PrefersToWait())
        {
            tracker.Track(caller.UserId, [seen.Post.Id]);
            return seen;
        }

        await Wait(http, caller, [seen.Post.Id]);
        return await read();
    }

    private static bool Counts(HttpContext http, Caller caller) => !http.IsHead() && caller.UserId != 0;

    private async Task Wait(HttpContext http, Caller caller, long[] posts)
    {
        var (_, position) = await tracker.Count(caller.UserId, posts);
        http.Waited();
        await writes.Positioned(http, position);
    }
}
