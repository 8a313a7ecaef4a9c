using Hearth.Platform;

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
