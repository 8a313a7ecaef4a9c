using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>What people do with skills.</summary>
internal static class MarkEndpoints
{
    public static void MapSkillMarks(this IEndpointRouteBuilder social)
    {
        var skill = social.MapGroup("/skills/{id}").WithTags("Skills").Limit(RateLimit.Reactions);
        skill.MapPost("/like", Like).Produces<LikeView>();
        skill.MapPost("/download", Download).Produces<DownloadView>();
        skill.MapPost("/rate", Rate).Accepts<RatingRequest>("application/json").Produces<RatedView>();
        skill.MapGet("/reviews", Reviews).Limit(RateLimit.Reads).WithKeyset().Produces<KeysetPage<ReviewView>>();
    }

    /// <summary>What people wrote with their ratings, the latest first</summary>
    /// <remarks>Ratings without words count in the skill's mean alone.</remarks>
    private static async Task<Answer> Reviews(HttpContext http, NpgsqlDataSource source, string id)
    {
        var ct = http.RequestAborted;
        var (page, reader) = (http.KeysetQuery(2), Reader.Of(http.Caller()));
        await using var db = await source.OpenConnectionAsync(ct);
        var skill = await SkillReads.One(db, reader, SkillReads.Uuid(id), ct);
        return Answer.Ok(Keyset.Page(http, page, await ReviewReads.List(db, reader, skill.Id, page, ct), ReviewReads.Key, review => review.View));
    }

    /// <summary>Like a skill, or take it back</summary>
    /// <remarks>Each call turns the last one around. Send an `Idempotency-Key` where a call may be repeated.</remarks>
    private static Task<Answer> Like(HttpContext http, Likes likes, string id) => likes.Toggle(http, SkillReads.Uuid(id));

    /// <summary>Download a skill</summary>
    /// <remarks>Counts once per person.</remarks>
    private static Task<Answer> Download(HttpContext http, MarkActions actions, string id) => actions.Download(http, SkillReads.Uuid(id));

    /// <summary>Rate a skill from 1 to 5</summary>
    /// <remarks>A second rating replaces the first. Two or less says that one wants no more of this kind: recommendations follow at once.</remarks>
    private static async Task<Answer> Rate(HttpContext http, MarkActions actions, string id) =>
        await actions.Rate(http, SkillReads.Uuid(id), await Body.Read<RatingRequest>(http));
}
