using System.Text;
using Hearth.Ledger;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Accounts;

public sealed class SessionTests(AccountsApp app) : IClassFixture<AccountsApp>
{
    private const string Password = "a password of one's own";

    [Fact]
    public async Task Signing_up_answers_the_account_of_an_individual_and_its_tokens()
    {
        var reply = (await Register(new { username = "Zuri", email = "Zuri@example.org", password = Password, display_name = "Zuri O.", roles = new[] { "admin" } })).Is(201);
        Assert.Equal("[\"individual\"]", reply["user.roles"].GetRawText());
        Assert.Equal("Zuri O.", reply["user.display_name"].GetString());
        Assert.NotNull(reply.Header("Ledger-Position"));

        var me = (await app.Anyone.With(Text(reply, "access")).Get("/api/auth/me/")).Is(200);
        Assert.Equal(reply["user"].GetRawText(), me.Text);
        Assert.Equal(1, await app.Db.Scalar<long>("select count(*) from ledger where verb = $1 and actor = $2", (short)Verb.Register, me["user_id"].GetInt64()));
    }

    [Fact]
    public async Task A_taken_name_or_address_is_named_whatever_its_case()
    {
        (await Register(new { username = "tom", email = "tom@example.org", password = Password })).Is(201);
        (await Register(new { username = "TOM", email = "other@example.org", password = Password })).Is(400)["username"].EnumerateArray();
        (await Register(new { username = "thomas", email = "Tom@Example.org", password = Password })).Is(400)["email"].EnumerateArray();
    }

    [Fact]
    public async Task A_name_is_written_in_any_script_and_is_the_same_whichever_way_it_is_typed()
    {
        var reply = (await Register(new { username = "Jose\u0301", email = "jose@example.org", password = Password })).Is(201);
        Assert.Equal("Jos\u00e9", reply["user.username"].GetString());
        (await Register(new { username = "JOS\u00c9", email = "other@example.org", password = Password })).Is(400)["username"].EnumerateArray();
        (await app.Anyone.Post("/api/auth/login/", new { username = "jos\u00e9", password = Password })).Is(200);
        (await app.Anyone.Post("/api/auth/login/", new { username = "jose\u0301", password = Password })).Is(200);
        foreach (var name in new[] { "Åsa-b", "мария.7", "李雷", "नेहा" })
            (await Register(new { username = name, email = $"{Guid.NewGuid():n}@example.org", password = Password })).Is(201);
    }

    [Theory]
    [InlineData("", "a@example.org", Password, "username")]
    [InlineData("with blank", "a@example.org", Password, "username")]
    [InlineData("\u0430mina", "a@example.org", Password, "username")]
    [InlineData("\u0301amina", "a@example.org", Password, "username")]
    [InlineData("\u3164", "a@example.org", Password, "username")]
    [InlineData("🙂", "a@example.org", Password, "username")]
    [InlineData("line\n", "a@example.org", Password, "username")]
    [InlineData("ok", "nobody", Password, "email")]
    [InlineData("ok", "a b@example.org", Password, "email")]
    [InlineData("ok", "Amina <a@example.org>", Password, "email")]
    [InlineData("ok", "a@example.org\r\nBcc: x@example.org", Password, "email")]
    [InlineData("ok", "a@example.org", "short", "password")]
    public async Task What_no_account_can_be_made_of_is_named(string username, string email, string password, string field) =>
        Assert.Equal(field, Assert.Single((await Register(new { username, email, password })).Is(400).Json.EnumerateObject()).Name);

    [Fact]
    public async Task Signing_in_takes_the_name_or_the_address()
    {
        await SignUp("ines");
        (await SignIn(new { username = "INES", password = Password })).Is(200);
        (await SignIn(new { username = "ines@example.org", password = Password })).Is(200);
        (await SignIn(new { email = "Ines@example.org", password = Password })).Is(200);
        var wrong = (await SignIn(new { username = "ines", password = "another password" })).Is(401);
        var nobody = (await SignIn(new { username = "nobody-at-all", password = Password })).Is(401);
        Assert.Equal(wrong.Text, nobody.Text);
        Assert.Equal("username", Assert.Single((await SignIn(new { password = Password })).Is(400).Json.EnumerateObject()).Name);
    }

    [Fact]
    public async Task Two_tabs_with_one_token_get_the_same_next_one()
    {
        var first = await SignUp("juma");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Refresh(Text(first, "refresh"))));
        Assert.Single(answers.Select(answer => answer.Is(200).Text).Distinct());
        (await Refresh(Text(answers[0], "refresh"))).Is(200);
    }

    [Fact]
    public async Task A_token_used_again_later_ends_the_whole_session()
    {
        var first = await SignUp("kofi");
        var other = (await SignIn(new { username = "kofi", password = Password })).Is(200);
        var second = (await Refresh(Text(first, "refresh"))).Is(200);
        app.Clock.Advance(TimeSpan.FromSeconds(11));

        (await Refresh(Text(first, "refresh"))).Is(401);
        (await Refresh(Text(second, "refresh"))).Is(401);
        (await Refresh(Text(other, "refresh"))).Is(200);
    }

    [Fact]
    public async Task Tokens_end()
    {
        var first = await SignUp("lena");
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        (await app.Anyone.With(Text(first, "access")).Get("/api/auth/me")).Is(401);
        var second = (await Refresh(Text(first, "refresh"))).Is(200);
        (await app.Anyone.With(Text(second, "access")).Get("/api/auth/me")).Is(200);
        app.Clock.Advance(TimeSpan.FromDays(30));
        (await Refresh(Text(second, "refresh"))).Is(401);
    }

    [Fact]
    public async Task The_database_holds_no_token_that_works()
    {
        var first = await SignUp("mina");
        var second = (await Refresh(Text(first, "refresh"))).Is(200);
        foreach (var secret in new[] { Text(first, "refresh"), Text(second, "refresh"), Text(second, "access") })
        {
            Assert.Equal(0, await app.Db.Scalar<long>(
                "select count(*) from refresh_tokens where position($1 in hash) > 0 or position($1 in coalesce(answer, '')) > 0", Encoding.UTF8.GetBytes(secret)));
        }
    }

    [Fact]
    public async Task Signing_out_ends_one_session()
    {
        var first = await SignUp("nia");
        var other = (await SignIn(new { username = "nia", password = Password })).Is(200);
        (await app.Anyone.Post("/api/auth/logout", new { refresh = Text(first, "refresh") })).Is(204);
        (await app.Anyone.Post("/api/auth/logout", new { refresh = "never seen" })).Is(204);
        (await Refresh(Text(first, "refresh"))).Is(401);
        (await Refresh(Text(other, "refresh"))).Is(200);
    }

    [Fact]
    public async Task Signing_out_everywhere_holds_from_the_next_request_on_every_node()
    {
        var second = await app.StartNode();
        var tokens = await SignUp("omar");
        var here = app.Anyone.With(Text(tokens, "access"));
        var there = here.At(second);
        (await there.Get("/api/auth/me")).Is(200);

        (await here.Post("/api/auth/logout", new { everywhere = true })).Is(204);

        (await here.Get("/api/auth/me")).Is(401);
        await app.Settled();
        (await there.Get("/api/auth/me")).Is(401);
        (await Refresh(Text(tokens, "refresh"))).Is(401);
        (await app.Anyone.Post("/api/auth/logout", new { everywhere = true })).Is(401);
        await app.StopNode(second);
    }

    [Fact]
    public async Task An_address_is_confirmed_by_the_link_that_was_mailed_there_once()
    {
        var pia = await SignUp("pia");
        Assert.False(pia["user.email_verified"].GetBoolean());
        var token = await app.MailedToken("pia@example.org", "verify-email");

        (await app.Anyone.Post("/api/auth/verify-email", new { token })).Is(200);

        Assert.True((await app.Anyone.With(Text(pia, "access")).Get("/api/auth/me"))["email_verified"].GetBoolean());
        Assert.Contains("/notifications/preferences", await app.Mailed("pia@example.org", "Good to have you here, pia"), StringComparison.Ordinal);
        (await app.Anyone.Post("/api/auth/verify-email", new { token })).Is(400)["token"].EnumerateArray();
        (await app.Anyone.Post("/api/auth/password-reset/confirm", new { token, password = Password })).Is(400)["token"].EnumerateArray();
    }

    [Fact]
    public async Task The_link_is_mailed_again_while_the_address_is_not_confirmed()
    {
        var tara = app.Anyone.With(Text(await SignUp("tara"), "access"));
        await app.MailedToken("tara@example.org", "verify-email");
        (await tara.Post("/api/auth/verify-email/resend")).Is(202);
        (await app.Anyone.Post("/api/auth/verify-email", new { token = await app.MailedToken("tara@example.org", "verify-email") })).Is(200);
        (await tara.Post("/api/auth/verify-email/resend")).Is(400)["email"].EnumerateArray();
        (await app.Anyone.Post("/api/auth/verify-email/resend")).Is(401);
    }

    [Fact]
    public async Task A_new_password_ends_every_session()
    {
        var quin = await SignUp("quin");
        (await app.Anyone.Post("/api/auth/password-reset", new { email = "QUIN@example.org" })).Is(202);
        var token = await app.MailedToken("quin@example.org", "reset-password");

        (await app.Anyone.Post("/api/auth/password-reset/confirm", new { token, password = "short" })).Is(400)["password"].EnumerateArray();
        (await app.Anyone.Post("/api/auth/password-reset/confirm", new { token, password = "quite another one" })).Is(200);

        (await app.Anyone.With(Text(quin, "access")).Get("/api/auth/me")).Is(401);
        (await Refresh(Text(quin, "refresh"))).Is(401);
        (await SignIn(new { username = "quin", password = Password })).Is(401);
        (await SignIn(new { username = "quin", password = "quite another one" })).Is(200);
        (await app.Anyone.Post("/api/auth/password-reset/confirm", new { token, password = "yet another one" })).Is(400)["token"].EnumerateArray();
    }

    [Fact]
    public async Task A_link_for_a_new_password_holds_an_hour()
    {
        await SignUp("rosa");
        (await app.Anyone.Post("/api/auth/password-reset", new { email = "rosa@example.org" })).Is(202);
        var token = await app.MailedToken("rosa@example.org", "reset-password");
        app.Clock.Advance(TimeSpan.FromMinutes(61));
        (await app.Anyone.Post("/api/auth/password-reset/confirm", new { token, password = Password })).Is(400);
    }

    [Fact]
    public async Task Asking_for_a_new_password_does_not_tell_who_is_here()
    {
        await SignUp("sami");
        var here = (await app.Anyone.Post("/api/auth/password-reset", new { email = "sami@example.org" })).Is(202);
        var nobody = (await app.Anyone.Post("/api/auth/password-reset", new { email = "nobody@example.org" })).Is(202);
        Assert.Equal(here.Text, nobody.Text);
    }

    private static string Text(Reply reply, string path) => reply[path].GetString()!;

    private Task<Reply> Register(object body) => app.Anyone.Post("/api/auth/register/", body);

    private Task<Reply> SignIn(object body) => app.Anyone.Post("/api/auth/login/", body);

    private Task<Reply> Refresh(string refresh) => app.Anyone.Post("/api/auth/refresh/", new { refresh });

    private async Task<Reply> SignUp(string username) =>
        (await Register(new { username, email = $"{username}@example.org", password = Password })).Is(201);
}
