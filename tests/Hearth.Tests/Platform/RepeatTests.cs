using Hearth.Ledger;
using Hearth.Tests.Harness;
using Npgsql;

namespace Hearth.Tests.Platform;

/// <summary><c>Idempotency-Key</c> and <c>Ledger-Position</c>, on routes of whatever feature takes them.</summary>
public sealed class RepeatTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Groups = "/api/community/groups/";

    [Fact]
    public async Task A_repeat_gets_the_first_answer_and_does_nothing()
    {
        var amina = await app.SignUp("amina");
        var first = (await Found(amina, "once", "Gardeners")).Is(201);
        var second = (await Found(amina, "once", "Gardeners")).Is(201);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.Header("Content-Type"), second.Header("Content-Type"));
        Assert.True(string.CompareOrdinal(second.Header("Ledger-Position"), first.Header("Ledger-Position")) >= 0);
        Assert.Equal(1, await app.Db.Scalar<long>("select count(*) from ledger where verb = $1 and actor = $2", (short)Verb.FoundGroup, amina.Id));
    }

    [Fact]
    public async Task Another_body_with_the_same_key_is_refused()
    {
        var amina = await app.SignUp("amina");
        (await Found(amina, "k", "Gardeners")).Is(201);
        (await Found(amina, "k", "Bakers")).Is(422);
        (await amina.Send(HttpMethod.Post, Groups + "?x=1", Named("Gardeners"), (LedgerGate.KeyHeader, "k"))).Is(422);
    }

    [Fact]
    public async Task A_key_is_its_callers_own()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var hers = (await Found(amina, "k", "Gardeners")).Is(201);
        var his = (await Found(bilal, "k", "Gardeners")).Is(201);
        Assert.NotEqual(hers.Text, his.Text);
    }

    [Fact]
    public async Task What_was_refused_was_not_done_and_may_be_tried_again()
    {
        var amina = await app.SignUp("amina");
        (await amina.Send(HttpMethod.Post, Groups, Named(""), (LedgerGate.KeyHeader, "again"))).Is(400);
        (await Found(amina, "again", "Gardeners")).Is(201);
    }

    [Fact]
    public async Task A_first_try_that_is_still_in_progress_is_a_conflict()
    {
        var amina = await app.SignUp("amina");
        await using var db = await app.Db.Source.OpenConnectionAsync();
        await using (var transaction = await db.BeginTransactionAsync())
        {
            await using var claim = new NpgsqlCommand("select pg_advisory_xact_lock(7, hashtext($1))", db);
            claim.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"u:{amina.Id}\nPOST {Groups.TrimEnd('/')}\nbusy" });
            await claim.ExecuteNonQueryAsync();
            (await Found(amina, "busy", "Gardeners")).Is(409);
        }

        (await Found(amina, "busy", "Gardeners")).Is(201);
    }

    [Fact]
    public async Task Keys_have_a_form()
    {
        var amina = await app.SignUp("amina");
        (await Found(amina, new string('k', 255), "Gardeners")).Is(201);
        Assert.Contains(LedgerGate.KeyHeader, (await Found(amina, new string('k', 256), "Gardeners")).Is(400).Text);
    }

    [Fact]
    public async Task What_carries_a_secret_is_made_anew()
    {
        var first = (await SignIn()).Is(201);
        (await SignIn()).Is(400);
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from idempotency_keys where route like $1", "%auth%"));
        Assert.NotNull(first["refresh"].GetString());

        Task<Reply> SignIn() => app.Anyone.Send(
            HttpMethod.Post, "/api/auth/register",
            new { username = "chidi", email = "chidi@example.org", password = "correct horse" }, (LedgerGate.KeyHeader, "secret"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("0")]
    [InlineData("00000000000000G0")]
    [InlineData("001fffffffffffff")]
    public async Task A_position_that_was_never_given_out_is_refused(string position)
    {
        var amina = await app.SignUp("amina");
        var reply = (await amina.Send(HttpMethod.Get, "/api/auth/me/", null, (Position.Header, position))).Is(400);
        Assert.Contains(Position.Header, reply.Text);
    }

    private static Task<Reply> Found(Person person, string key, string name) =>
        person.Send(HttpMethod.Post, Groups, Named(name), (LedgerGate.KeyHeader, key));

    private static object Named(string name) => new { name, description = "A circle." };
}
