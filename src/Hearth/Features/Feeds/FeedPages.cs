using System.Globalization;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Feeds;

/// <summary>
/// Makes pages of what a reader may see out of candidates. A page ends when it is full, when there are no more, or when so many were looked at that a
/// request has done its share: then it may be short, and its link goes on where it stopped.
/// </summary>
internal static class FeedPages
{
    private const int Rounds = 8;
    private const int AtOnce = 64;

    /// <summary>Candidates behind one, or from the beginning; fewer than asked for where there are no more.</summary>
    public delegate Task<List<Candidate>> Pick(Candidate? after, int take);

    /// <param name="http">The request.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="start">Where the cursor points.</param>
    /// <param name="chunk">How many candidates to look at in one round.</param>
    /// <param name="pick">The feed.</param>
    /// <param name="key">A candidate's key in cursors.</param>
    /// <param name="reader">For whom.</param>
    /// <param name="db">An open connection.</param>
    public static async Task<KeysetPage<FeedItem>> Read(
        HttpContext http, KeysetQuery query, Candidate? start, int chunk, Pick pick, Func<Candidate, string[]> key, FeedReader reader, NpgsqlConnection db)
    {
        var page = new List<(Candidate Place, FeedItem Item)>(query.Take);
        var last = start;
        var more = true;
        for (var round = 0; round < Rounds && more && page.Count < query.Take; round++)
        {
            var candidates = await pick(last, Math.Max(chunk, query.Take));
            more = candidates.Count == Math.Max(chunk, query.Take);
            last = candidates.Count > 0 ? candidates[^1] : last;
            await Show(db, reader, candidates, page, query.Take, http.RequestAborted);
        }

        return Shape(http, query, page, more ? last : null, key);
    }

    private static async Task Show(
        NpgsqlConnection db, FeedReader reader, List<Candidate> candidates, List<(Candidate, FeedItem)> page, int take, CancellationToken ct)
    {
        foreach (var some in candidates.Where(candidate => candidate.Fits).Chunk(Math.Max(AtOnce, take)))
        {
            if (page.Count == take)
                return;
            var shown = await FeedReads.Shown(db, reader, [.. some.Select(candidate => candidate.Id)], ct);
            foreach (var candidate in some)
            {
                if (page.Count < take && shown.TryGetValue(candidate.Id, out var item))
                    page.Add((candidate, item));
            }
        }
    }

    /// <param name="http">The request.</param>
    /// <param name="query">What was asked for.</param>
    /// <param name="page">What there is, in the cursor's direction; one more than asked for where there is more.</param>
    /// <param name="stopped">Where the look ended before the feed did.</param>
    /// <param name="key">A candidate's key in cursors.</param>
    private static KeysetPage<FeedItem> Shape(
        HttpContext http, KeysetQuery query, List<(Candidate Place, FeedItem Item)> page, Candidate? stopped, Func<Candidate, string[]> key)
    {
        Candidate? onward = stopped;
        if (page.Count > query.Limit)
        {
            page.RemoveRange(query.Limit, page.Count - query.Limit);
            onward = page[^1].Place;
        }

        var back = query.Cursor is not null && page.Count > 0 ? page[0].Place : (Candidate?)null;
        if (query.Backwards)
            page.Reverse();
        return new KeysetPage<FeedItem>(
            page.ConvertAll(one => one.Item), Link(query.Backwards ? back : onward, false), Link(query.Backwards ? onward : back, true));

        string? Link(Candidate? place, bool backwards) => place is { } at ? Links.Self(http, "cursor", Cursor.Write(backwards, key(at))) : null;
    }

    /// <summary>The key of feeds in order of time.</summary>
    public static string[] ByTime(Candidate candidate) =>
        [candidate.At.Ticks.ToString(CultureInfo.InvariantCulture), candidate.Id.ToString(CultureInfo.InvariantCulture)];

    public static Candidate? AtTime(KeysetQuery query) =>
        query.Cursor is { } cursor ? new Candidate(cursor.Long(1), cursor.Time(0)) : null;
}
