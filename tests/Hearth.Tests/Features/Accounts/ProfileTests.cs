using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Accounts;

public sealed class ProfileTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task A_profile_shows_a_person_with_figures()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        (await amina.Put("/api/v1/users/me", new { display_name = "Amina J.", bio = "Writes." })).Is(200);
        (await amina.Post("/api/ventroom/posts/", new { content = "Hello" })).Is(201);
        (await bilal.Post("/api/v1/follow", new { user_id = amina.Uuid })).Is(201);

        var profile = (await bilal.Get($"/api/v1/users/{amina.Uuid}")).Is(200);

        Assert.Equal("Amina J.", profile["display_name"].GetString());
        Assert.Equal(1, profile["stats.followers"].GetInt32());
        Assert.Equal(1, profile["stats.posts"].GetInt32());
        Assert.Equal(4, profile["stats.reputation"].GetInt32());
        Assert.Equal("public", profile["privacy.profile"].GetString());
        Assert.Equal(amina.Uuid, (await amina.Get("/api/v1/users/me"))["id"].GetGuid());
        Assert.Equal(1, (await bilal.Get("/api/v1/users/me/stats")).Is(200)["stats.following"].GetInt32());
    }

    [Fact]
    public async Task Who_may_see_a_profile_is_its_owners_choice()
    {
        var (amina, bilal, chidi) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chidi"));
        (await bilal.Post("/api/v1/follow", new { user_id = amina.Uuid })).Is(201);

        (await amina.Put("/api/v1/users/me", new { privacy = new { profile = "followers" } })).Is(200);
        (await bilal.Get($"/api/v1/users/{amina.Id}")).Is(200);
        (await chidi.Get($"/api/v1/users/{amina.Id}")).Is(403);
        (await amina.Put("/api/v1/users/me", new { privacy = new { profile = "private", activity = "private" } })).Is(200);
        (await bilal.Get($"/api/v1/users/{amina.Id}")).Is(403);
        Assert.Equal("private", (await amina.Get("/api/v1/users/me"))["privacy.activity"].GetString());
        Assert.Contains("privacy.profile", (await amina.Put("/api/v1/users/me", new { privacy = new { profile = "friends" } })).Is(400).Text);
        (await amina.Put("/api/v1/users/me", new { privacy = new { profile = "public" } })).Is(200);
        (await amina.Put("/api/v1/users/me", new { privacy = new { profile = "public" } })).Is(200);
        Assert.Equal(3L, await app.Db.Scalar<long>("select count(*) from ledger where verb = 53 and actor = $1", amina.Id));
        (await amina.Post($"/api/v1/users/{chidi.Uuid}/block")).Is(201);
        (await chidi.Get($"/api/v1/users/{amina.Id}")).Is(404);
        (await chidi.Get("/api/v1/users/nobody")).Is(404);
    }

    [Fact]
    public async Task Searching_finds_names_in_spite_of_a_slip_and_leaves_out_who_is_private()
    {
        var (amina, zuberi, zubeda) = (await app.SignUp("amina"), await app.SignUp("zuberi"), await app.SignUp("zubedaa"));
        (await zubeda.Put("/api/v1/users/me", new { privacy = new { profile = "private" } })).Is(200);

        Assert.Equal([zuberi.Name], await Names(amina, "zube"));
        Assert.Equal([zuberi.Name], await Names(amina, "zubery"));
        Assert.Contains("\"q\"", (await amina.Get("/api/v1/users/search")).Is(400).Text);
        Assert.Empty(await Names(amina, "100%_"));
        var (zulfa, zulmira) = (await app.SignUp("zulfa"), await app.SignUp("zulmira"));
        var first = (await amina.Get("/api/v1/users/search?q=zul&limit=1")).Is(200);
        var second = (await amina.Get(first["next"].GetString()!)).Is(200);
        Assert.Equal(new[] { zulfa.Name, zulmira.Name }.Order(), new[] { first, second }.Select(page => page["results.0.username"].GetString()).Order());
    }

    [Fact]
    public async Task Suggestions_are_whom_those_follow_whom_I_follow()
    {
        var (amina, bilal, chidi, dana) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chidi"), await app.SignUp("dana"));
        (await amina.Post("/api/v1/follow", new { user_id = bilal.Uuid })).Is(201);
        (await bilal.Post("/api/v1/follow", new { user_id = chidi.Uuid })).Is(201);

        var first = (await amina.Get("/api/v1/follow/suggestions")).Is(200)["results.0"];

        Assert.Equal(chidi.Uuid, first.GetProperty("id").GetGuid());
        Assert.Equal("Someone you follow follows them", first.GetProperty("because").GetString());
        (await amina.Post($"/api/v1/users/{chidi.Uuid}/block")).Is(201);
        Assert.DoesNotContain(chidi.Name, (await amina.Get("/api/v1/follow/suggestions")).Text);
        Assert.DoesNotContain($"\"{bilal.Name}\"", (await amina.Get("/api/v1/follow/suggestions")).Text);
        Assert.NotNull(dana);
    }

    [Fact]
    public async Task The_leaderboard_ranks_by_reputation()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var post = (await amina.Post("/api/ventroom/posts/", new { content = "Hello" })).Is(201)["id"].GetInt64();
        (await bilal.Post("/api/ventroom/reactions/", new { content_type = "ventpost", object_id = post, reaction_type = "👍" })).Is(201);
        (await bilal.Post($"/api/ventroom/posts/{post}/comments/", new { text = "Hi" })).Is(201);

        var board = (await bilal.Get("/api/v1/users/leaderboard?limit=100")).Is(200)["results"].EnumerateArray().ToList();

        Assert.Equal(board.Select(one => one.GetProperty("score").GetInt32()).OrderDescending(), board.Select(one => one.GetProperty("score").GetInt32()));
        Assert.Contains(board, one => one.GetProperty("id").GetGuid() == amina.Uuid);
    }

    private static async Task<IEnumerable<string?>> Names(Person person, string q) =>
        (await person.Get($"/api/v1/users/search?q={Uri.EscapeDataString(q)}")).Is(200)["results"].EnumerateArray().Select(one => one.GetProperty("username").GetString());

    [Fact]
    public async Task The_older_setting_opens_and_closes_the_whole_profile()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        (await amina.Put("/api/v1/users/me", new { privacy = new { profile = "private" } })).Is(200);

        (await amina.Patch("/api/auth/me", new { bio = "Writes." })).Is(200);
        Assert.Equal("private", (await amina.Get("/api/v1/users/me"))["privacy.profile"].GetString());
        (await amina.Patch("/api/auth/me", new { is_private = false })).Is(200);
        Assert.Equal("public", (await amina.Get("/api/v1/users/me"))["privacy.profile"].GetString());
        (await bilal.Get($"/api/v1/users/{amina.Id}")).Is(200);
        (await amina.Patch("/api/auth/me", new { is_private = true })).Is(200);
        Assert.Equal("followers", (await amina.Get("/api/v1/users/me"))["privacy.profile"].GetString());
    }
}
