using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Follows;

/// <summary>People follow each other, and keep each other away.</summary>
internal static class FollowsFeature
{
    public static void AddFollows(this WebApplicationBuilder builder)
    {
        Json.Add(FollowsJson.Default);
        builder.Services.AddSingleton<FollowActions>();
        builder.Services.AddSingleton<IVoidable, FollowVoids>();
        builder.Services.AddSingleton<IPersonal, FollowPersonal>();
        foreach (var check in FollowChecks.All)
            builder.Services.AddSingleton(check);
    }

    public static void MapFollows(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithDialect(Dialect.Problem).WithTags("Follow").RequireSignedIn();

        api.MapPost("/follow", FollowEndpoints.Follow).Limit(RateLimit.Creates).Accepts<FollowRequest>("application/json").Produces<FollowView>(201);
        api.MapDelete("/follow/{userId}", FollowEndpoints.Unfollow).Limit(RateLimit.Reads).Produces(204);
        api.MapGet("/follow/status/{userId}", FollowEndpoints.Status).Limit(RateLimit.Reads).Produces<FollowStatus>();
        api.MapGet("/follow/followers", FollowEndpoints.Followers).Limit(RateLimit.Reads).WithKeyset()
            .WithQuery("user_id", "Whose; oneself where none is named.", "6865c4f9-7cb4-49de-bfbe-bf0fe726d25b").Produces<KeysetPage<FollowedPerson>>();
        api.MapGet("/follow/following", FollowEndpoints.Following).Limit(RateLimit.Reads).WithKeyset()
            .WithQuery("user_id", "Whose; oneself where none is named.", "6865c4f9-7cb4-49de-bfbe-bf0fe726d25b").Produces<KeysetPage<FollowedPerson>>();
        api.MapPost("/users/{userId}/block", FollowEndpoints.Block).Limit(RateLimit.Creates).Produces<BlockView>(201);
        api.MapDelete("/users/{userId}/block", FollowEndpoints.Unblock).Limit(RateLimit.Reads).Produces(204);
    }
}
