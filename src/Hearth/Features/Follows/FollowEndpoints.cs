using System.Globalization;
using System.Text.Json.Serialization;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Follows;

/// <summary>Whom to follow, by UUID or integer.</summary>
internal sealed record FollowRequest(PersonId UserId);

internal sealed record FollowView(bool Following);

internal sealed record BlockView(bool Blocked);

/// <summary>How I stand to a person.</summary>
/// <param name="Following">I follow them.</param>
/// <param name="FollowedBy">They follow me.</param>
/// <param name="Blocked">I block them.</param>
internal sealed record FollowStatus(bool Following, bool FollowedBy, bool Blocked);

/// <summary>A follower, or someone who is followed.</summary>
/// <param name="Following">Whether the caller follows them.</param>
/// <param name="FollowedAt">Since when the two of the list follow.</param>
internal sealed record FollowedPerson(Guid Id, string Username, string DisplayName, string? ProfilePhoto, bool Following, DateTime FollowedAt)
{
    [JsonIgnore]
    public long Key { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(FollowRequest))]
[JsonSerializable(typeof(FollowView))]
[JsonSerializable(typeof(BlockView))]
[JsonSerializable(typeof(FollowStatus))]
[JsonSerializable(typeof(KeysetPage<FollowedPerson>))]
internal sealed partial class FollowsJson : JsonSerializerContext;

internal static class FollowEndpoints
{
    /// <summary>Follow a person</summary>
    /// <remarks>Following someone twice is as once. Where one blocks the other it is 403.</remarks>
    public static async Task<IResult> Follow(HttpContext http, FollowActions actions) =>
        await actions.Follow(http, (await Body.Read<FollowRequest>(http)).UserId);

    /// <summary>Unfollow a person</summary>
    public static async Task<IResult> Unfollow(HttpContext http, FollowActions actions, string userId) =>
        await actions.Unfollow(http, Person(userId));

    /// <summary>Block a person</summary>
    /// <remarks>Ends following in both directions; neither can follow the other then, and nothing they do is notified.</remarks>
    public static async Task<IResult> Block(HttpContext http, FollowActions actions, string userId) =>
        await actions.Block(http, Person(userId));

    /// <summary>Unblock a person</summary>
    public static async Task<IResult> Unblock(HttpContext http, FollowActions actions, string userId) =>
        await actions.Unblock(http, Person(userId));

    /// <summary>How I stand to a person</summary>
    public static async Task<IResult> Status(HttpContext http, NpgsqlDataSource source, string userId)
    {
        var ct = http.RequestAborted;
        await using var db = await source.OpenConnectionAsync(ct);
        var other = await Person(userId).Find(db, ct);
        return Answer.Ok(await FollowReads.Status(db, http.Caller().UserId, other, ct));
    }

    /// <summary>Who follows me, or with <c>user_id</c> another person; the latest first</summary>
    /// <remarks>Another's list is shown to whom their profile is, without people who do not show themselves to the caller.</remarks>
    public static Task<IResult> Followers(HttpContext http, NpgsqlDataSource source) => List(http, source, true);

    /// <summary>Whom I follow, or with <c>user_id</c> another person; the latest first</summary>
    /// <remarks>Another's list is shown to whom their profile is, without people who do not show themselves to the caller.</remarks>
    public static Task<IResult> Following(HttpContext http, NpgsqlDataSource source) => List(http, source, false);

    private static async Task<IResult> List(HttpContext http, NpgsqlDataSource source, bool followers)
    {
        var ct = http.RequestAborted;
        var caller = http.Caller();
        var page = http.KeysetQuery(2);
        await using var db = await source.OpenConnectionAsync(ct);
        var whose = http.QueryText("user_id") is { } named ? await Person(named).Find(db, ct) : caller.UserId;
        var whole = whose == caller.UserId || caller.IsModerator;
        if (!whole && !(await FollowReads.MaySee(db, whose, caller.UserId, ct) ?? throw Failure.NotFound()))
            throw Failure.Forbidden("This person does not show whom they follow.");
        var rows = await FollowReads.List(db, followers, whose, caller.UserId, whole, page, ct);
        return Answer.Ok(Keyset.Page(http, page, rows, Key, person => person));
    }

    private static string[] Key(FollowedPerson person) =>
        [person.FollowedAt.Ticks.ToString(CultureInfo.InvariantCulture), person.Key.ToString(CultureInfo.InvariantCulture)];

    private static PersonId Person(string text) => PersonId.TryParse(text, out var person) ? person : throw Failure.NotFound();
}
