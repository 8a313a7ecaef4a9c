using Hearth.Features.Engagement.Boards;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Badges;

/// <summary>Badges: what there are, and what administrators add.</summary>
internal static class BadgeEndpoints
{
    public static void MapBadges(this IEndpointRouteBuilder engagement)
    {
        engagement.MapGet("/badges", List).RequireSignedIn().Limit(RateLimit.Reads).Produces<BadgeList>();
        engagement.MapPost("/badges", Define).RequireRole(Roles.Admin).Limit(RateLimit.Creates).Accepts<NewBadge>("application/json")
            .Produces<BadgeView>(StatusCodes.Status201Created);
        engagement.MapPost("/badges/{name}/award", Award).RequireRole(Roles.Admin).Limit(RateLimit.Creates).Accepts<NewAward>("application/json")
            .Produces<AwardView>(StatusCodes.Status201Created).Produces<AwardView>();
    }

    /// <summary>All badges: the contract's ten, then custom ones.</summary>
    private static async Task<Answer> List(HttpContext http, BoardRoom boards, NpgsqlDataSource source, TimeProvider time)
    {
        // Before a connection is held: the board may need one of its own.
        var month = await boards.People(Ranking.Engagements, Days.Last(Days.Month, Days.Today(time)), http.RequestAborted);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return Answer.Ok(new BadgeList(await BadgeReads.List(db, month, http.RequestAborted), null, null));
    }

    /// <summary>Defines a custom badge. Whoever did enough already has it at once.</summary>
    private static Task<Answer> Define(HttpContext http, BadgeActions actions) => actions.Define(http);

    /// <summary>Awards a badge to a person, earned or not; 200 when they have it already.</summary>
    private static Task<Answer> Award(string name, HttpContext http, BadgeActions actions, TimeProvider time) => actions.Award(http, name, time);
}
