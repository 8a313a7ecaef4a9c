using System.Globalization;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Accounts;

/// <summary><c>/api/v1/users</c>: profiles, and finding people.</summary>
internal static class UserEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/api/v1/users").WithDialect(Dialect.Problem).WithTags("People").RequireSignedIn();
        users.MapGet("/me", Me).Limit(RateLimit.Reads).Produces<ProfileView>();
        users.MapPut("/me", Update).Limit(RateLimit.Reads).Accepts<ProfileUpdate>("application/json").Produces<ProfileView>();
        users.MapGet("/me/stats", Stats).Limit(RateLimit.Reads).Produces<OwnStats>();
        users.MapGet("/search", Search).Limit(RateLimit.Reads).WithKeyset().WithQuery("q", "A part of a name; typing mistakes are forgiven.", "amina").Produces<KeysetPage<PersonItem>>();
        users.MapGet("/leaderboard", Leaderboard).Limit(RateLimit.Reads).WithQuery("limit", "How many places, at most 100.", 20).Produces<LeaderList>();
        users.MapGet("/{userId}", One).Limit(RateLimit.Reads).Produces<ProfileView>();
        routes.MapGroup("/api/v1/follow").WithDialect(Dialect.Problem).WithTags("Follow").RequireSignedIn()
            .MapGet("/suggestions", Suggestions).Limit(RateLimit.Reads).WithQuery("limit", "How many, at most 100.", 10).Produces<SuggestionList>();
    }

    /// <summary>My profile</summary>
    private static async Task<IResult> Me(HttpContext http, ProfileReads reads) =>
        Answer.Ok(await reads.Get(http.Caller().UserId, http.Caller(), http.RequestAborted));

    /// <summary>Change my profile and who sees it</summary>
    /// <remarks>What is absent stays.</remarks>
    private static async Task<IResult> Update(HttpContext http, ProfileActions actions) => await actions.Update(http, await Body.Read<ProfileUpdate>(http));

    /// <summary>My figures</summary>
    private static async Task<IResult> Stats(HttpContext http, ProfileReads reads) => Answer.Ok(await reads.Stats(http.Caller(), http.RequestAborted));

    /// <summary>A person's profile</summary>
    /// <remarks>404 where one blocks the other; 403 where its owner does not show it to the caller.</remarks>
    private static async Task<IResult> One(HttpContext http, string userId, NpgsqlDataSource source, ProfileReads reads)
    {
        long id;
        await using (var db = await source.OpenConnectionAsync(http.RequestAborted))
            id = await PersonId.Find(db, userId, http.RequestAborted);
        return Answer.Ok(await reads.Get(id, http.Caller(), http.RequestAborted));
    }

    /// <summary>Find people by name, the most alike first</summary>
    private static async Task<IResult> Search(HttpContext http, NpgsqlDataSource source)
    {
        var page = http.KeysetQuery(2);
        var q = http.QueryText("q", 100)?.Trim() is { Length: > 0 } text ? text : throw Failure.Invalid("q", "This field is required.");
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var rows = await ProfileStore.Search(db, q, http.Caller().UserId, page);
        return Answer.Ok(Keyset.Page(
            http, page, rows, row => [row.Alike.ToString("R", CultureInfo.InvariantCulture), row.Key.ToString(CultureInfo.InvariantCulture)], row => row));
    }

    /// <summary>Who has the most reputation</summary>
    private static async Task<IResult> Leaderboard(HttpContext http, ProfileReads reads) =>
        Answer.Ok(await reads.Leaders(http.QueryInt("limit", 20, 1, 100), http.Caller(), http.RequestAborted));

    /// <summary>Whom I might follow, and why</summary>
    /// <remarks>Whom those follow whom I follow, who shares my groups and courses, and then whom many follow.</remarks>
    private static async Task<IResult> Suggestions(HttpContext http, ProfileReads reads) =>
        Answer.Ok(await reads.Suggestions(http.QueryInt("limit", 10, 1, 100), http.Caller(), http.RequestAborted));
}
