using System.Globalization;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>Groups and courses: the same routes, for what the route's metadata says.</summary>
internal static class CircleEndpoints
{
    public static void MapCircles(this IEndpointRouteBuilder community, Circle circle)
    {
        var circles = community.MapGroup("/" + circle.Path).RequireSignedIn().WithMetadata(circle).WithTags(circle.Tag);
        circles.MapGet("", List).Limit(RateLimit.Reads).WithKeyset().Produces<KeysetPage<CircleView>>()
            .WithQuery("joined", "Only those one belongs to.", false);
        var found = circles.MapPost("", Found).Limit(RateLimit.Creates).Accepts<CircleWriting>("application/json")
            .Produces<CircleView>(StatusCodes.Status201Created);
        if (circle.Founders != Roles.None)
            found.RequireRole(circle.Founders);
        circles.MapGet("/{id:int}", Get).Limit(RateLimit.Reads).Produces<CircleView>();
        circles.MapPut("/{id:int}", Put).Limit(RateLimit.Reads).Accepts<CircleWriting>("application/json").Produces<CircleView>();
        circles.MapPatch("/{id:int}", Patch).Limit(RateLimit.Reads).Accepts<CircleWriting>("application/json").Produces<CircleView>();
        circles.MapDelete("/{id:int}", Delete).Limit(RateLimit.Reads).Produces(StatusCodes.Status204NoContent);
        circles.MapPost("/{id:int}/" + circle.Join, Join).Limit(RateLimit.Reactions).Produces<CircleView>();
        circles.MapPost("/{id:int}/" + circle.Leave, Leave).Limit(RateLimit.Reactions).Produces<CircleView>();
        circles.MapGet("/{id:int}/members", Members).Limit(RateLimit.Reads).WithKeyset().Produces<KeysetPage<CircleMember>>();
    }

    /// <summary>Newest first, by links; <c>joined=true</c> lists those one belongs to.</summary>
    private static async Task<Answer> List(HttpContext http, NpgsqlDataSource source, MediaLinks links)
    {
        var query = new CircleQuery(http.KeysetQuery(1), http.QueryBool("joined", false));
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var rows = await CircleStore.List(db, Circle(http), query, http.Caller().UserId, links, http.RequestAborted);
        return Answer.Ok(Keyset.Page(http, query.Page, rows, row => [Text(row.Id)], row => row));
    }

    /// <summary>Founds one; its founder is its owner and first member.</summary>
    private static Task<Answer> Found(HttpContext http, CircleActions actions) => actions.Found(http, Circle(http));

    /// <summary>One of them, with how many belong to it and whether one does.</summary>
    private static async Task<Answer> Get(int id, HttpContext http, NpgsqlDataSource source, MediaLinks links)
    {
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return Answer.Ok(
            await CircleStore.One(db, Circle(http), id, http.Caller().UserId, links, http.RequestAborted) ?? throw Failure.NotFound());
    }

    /// <summary>Changes name and description: its owner or an administrator.</summary>
    private static Task<Answer> Put(int id, HttpContext http, CircleActions actions) => actions.Edit(http, Circle(http), id, whole: true);

    /// <summary>Changes what is named: its owner or an administrator.</summary>
    private static Task<Answer> Patch(int id, HttpContext http, CircleActions actions) => actions.Edit(http, Circle(http), id, whole: false);

    /// <summary>Deletes it: its owner or an administrator. Its posts stay.</summary>
    private static Task<Answer> Delete(int id, HttpContext http, CircleActions actions) => actions.Delete(http, Circle(http), id);

    /// <summary>Becomes a member; a second time changes nothing.</summary>
    private static Task<Answer> Join(int id, HttpContext http, CircleActions actions) => actions.Join(http, Circle(http), id, joins: true);

    /// <summary>Is a member no more.</summary>
    private static Task<Answer> Leave(int id, HttpContext http, CircleActions actions) => actions.Join(http, Circle(http), id, joins: false);

    /// <summary>Its members, by links.</summary>
    private static async Task<Answer> Members(int id, HttpContext http, NpgsqlDataSource source, MediaLinks links)
    {
        var query = http.KeysetQuery(1);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        _ = await CircleStore.One(db, Circle(http), id, 0, links, http.RequestAborted) ?? throw Failure.NotFound();
        var from = query.Cursor?.Long(0) ?? 0;
        var rows = await CircleStore.Members(db, Circle(http), id, from, query.Backwards, query.Take, links, http.RequestAborted);
        return Answer.Ok(Keyset.Page(http, query, rows, row => [Text(row.Id)], row => row.View));
    }

    private static Circle Circle(HttpContext http) => http.GetEndpoint()!.Metadata.GetRequiredMetadata<Circle>();

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
