using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Accounts;

/// <summary>People as others see them.</summary>
internal sealed class ProfileReads(NpgsqlDataSource source, IStandings standings)
{
    public static readonly string[] Visibilities = ["public", "followers", "private"];

    /// <returns>The profile as the caller may see it; 404 for who is blocked, suspended or not there, 403 for what its owner does not show.</returns>
    public async Task<ProfileView> Get(long id, Caller caller, CancellationToken ct) => (await Read(id, caller, ct)).Profile;

    public async Task<OwnStats> Stats(Caller caller, CancellationToken ct)
    {
        var (profile, standing) = await Read(caller.UserId, caller, ct);
        await using var db = await source.OpenConnectionAsync(ct);
        return new OwnStats(profile.Stats, standing.Engagements, await ProfileStore.Received(db, caller.UserId), profile.CreatedAt);
    }

    public async Task<LeaderList> Leaders(int limit, Caller caller, CancellationToken ct)
    {
        var ranked = await standings.First(limit, caller, ct);
        await using var db = await source.OpenConnectionAsync(ct);
        var people = await ProfileStore.People(db, [.. ranked.Select(one => one.User)]);
        return new LeaderList([.. ranked.Where(one => people.ContainsKey(one.User)).Select(one => Leader(one, people[one.User]))]);
    }

    public async Task<SuggestionList> Suggestions(int limit, Caller caller, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return new SuggestionList((await ProfileStore.Suggest(db, caller.UserId, limit)).ConvertAll(row =>
            new Suggestion(row.Id, row.Username, row.DisplayName, row.ProfilePhoto, row.Mutual, row.Shared, Because(row))));
    }

    private async Task<(ProfileView Profile, Standing Standing)> Read(long id, Caller caller, CancellationToken ct)
    {
        ProfileRow row;
        await using (var db = await source.OpenConnectionAsync(ct))
            row = await ProfileStore.Find(db, id, caller.UserId, caller.IsModerator) ?? throw Failure.NotFound();
        if (id != caller.UserId && !caller.IsModerator)
            MustBeShown(row);
        var standing = await standings.Of(id, ct);
        var view = new ProfileView(
            row.Id,
            row.Username,
            row.DisplayName,
            row.Bio,
            row.ProfilePhoto,
            RoleNames.Of((Roles)row.Roles),
            new PrivacyView(Visibilities[row.ProfileVisibility], Visibilities[row.ActivityVisibility], row.ShowEmail),
            new ProfileStats(row.Followers, row.Following, row.Skills, row.Posts, standing.Reputation, standing.Level),
            row.CreatedAt);
        return (view, standing);
    }

    private static Leader Leader(RankedPerson one, (Guid Id, string Username, string DisplayName, string? Photo) person) =>
        new(one.Rank, person.Id, person.Username, person.DisplayName, person.Photo, one.Score, one.Level);

    private static string Because(SuggestedRow row) => (row.Mutual, row.Shared) switch
    {
        (1, _) => "Someone you follow follows them",
        ( > 1, _) => $"{row.Mutual} people you follow follow them",
        (_, 1) => "You are in one group or course together",
        (_, > 1) => $"You are in {row.Shared} groups and courses together",
        _ => "Many people follow them",
    };

    private static void MustBeShown(ProfileRow row)
    {
        if (row.Blocked || !row.IsActive)
            throw Failure.NotFound();
        if (row.ProfileVisibility == 2 || (row.ProfileVisibility == 1 && !row.Follows))
            throw Failure.Forbidden("This profile is not shown to you.");
    }
}
