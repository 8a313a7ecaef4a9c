using Hearth.Ledger;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Accounts;

public sealed class ProfileTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task What_is_not_named_stays_and_null_takes_away()
    {
        var amina = await app.SignUp("amina");
        (await amina.Patch("/api/auth/me/", new { display_name = " Amina Y. ", bio = "Gardener", profile_photo = "https://example.org/a.jpg", time_zone = "Africa/Nairobi" })).Is(200);
        var changed = (await amina.Patch("/api/auth/me/", new { profile_photo = (string?)null, show_email = true })).Is(200);
        Assert.Equal("Amina Y.", changed["display_name"].GetString());
        Assert.Equal("Gardener", changed["bio"].GetString());
        Assert.Equal("Africa/Nairobi", changed["time_zone"].GetString());
        Assert.Equal("null", changed["profile_photo"].GetRawText());
        Assert.Equal(changed.Text, (await amina.Get("/api/auth/me")).Text);
    }

    [Fact]
    public async Task Only_what_changes_something_is_recorded()
    {
        var amina = await app.SignUp("amina");
        (await amina.Patch("/api/auth/me/", new { bio = "x" })).Is(200);
        (await amina.Patch("/api/auth/me/", new { bio = "x" })).Is(200);
        (await amina.Patch("/api/auth/me/", new { })).Is(200);
        Assert.Equal(1, await app.Db.Scalar<long>("select count(*) from ledger where verb = $1 and subject = $2", (short)Verb.EditProfile, amina.Id));
    }

    [Theory]
    [InlineData("display_name", "\"\"")]
    [InlineData("display_name", "null")]
    [InlineData("display_name", "\"two\\nlines\"")]
    [InlineData("profile_photo", "\"javascript:alert(1)\"")]
    [InlineData("profile_photo", "\"/relative\"")]
    [InlineData("time_zone", "\"Mars/Olympus\"")]
    [InlineData("time_zone", "\"../../etc/passwd\"")]
    [InlineData("is_private", "\"yes\"")]
    public async Task What_cannot_be_is_named(string field, string value)
    {
        var amina = await app.SignUp("amina");
        var reply = (await amina.Patch("/api/auth/me/", $"{{\"{field}\":{value}}}")).Is(400);
        Assert.Equal(field, Assert.Single(reply.Json.EnumerateObject()).Name);
    }

    [Fact]
    public async Task Nobody_changes_what_is_not_theirs_to_change()
    {
        var amina = await app.SignUp("amina");
        var reply = (await amina.Patch("/api/auth/me/", new { roles = new[] { "admin" }, email = "x@example.org", is_active = false, user_id = 1 })).Is(200);
        Assert.Equal("[\"individual\"]", reply["roles"].GetRawText());
        Assert.Equal(amina.Id, reply["user_id"].GetInt64());
        Assert.True(reply["is_active"].GetBoolean());
    }
}
