using Hearth.Features.Messaging.Tenancy;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Segments;

internal static class SegmentEndpoints
{
    private const int Least = 5;

    public static void MapSegments(this IEndpointRouteBuilder messaging) =>
        messaging.MapPost("/segments/preview", Preview).OnlyReads().Limit(RateLimit.Creates).Accepts<SegmentRequest>("application/json").Produces<Envelope<SegmentPreview>>();

    /// <summary>How many contacts a segment has</summary>
    /// <remarks>Only contacts whose person consented to be linked are looked at; below five it says `&lt;5`, so that nobody is told by their deeds.</remarks>
    private static async Task<IResult> Preview(HttpContext http, Tenants tenants, TimeProvider time)
    {
        var body = await Body.Read<SegmentRequest>(http);
        SegmentSql.Check(body.Segment);
        var values = new List<object?>();
        var sql =
            $"""
            -- segments.preview
            select count(distinct coalesce(m.merged_into, m.id)) from contacts m
             where m.tenant = $1 and m.user_id is not null and {SegmentSql.Condition(body.Segment, time.GetUtcNow().UtcDateTime, values)}
            """;
        await using var db = await tenants.Open(http);
        var count = await db.Value<long>(sql, [.. values]);
        return Envelope.Ok(new SegmentPreview(count < Least ? "<5" : (int)count));
    }
}
