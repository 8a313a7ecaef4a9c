using System.Text;
using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Platform;

public sealed class AccessTokenTests
{
    private const string Secret = "the secret of a test run, long enough";

    private static readonly Guid Amina = Guid.Parse("6865c4f9-7cb4-49de-bfbe-bf0fe726d25b");

    private readonly ShiftedTime clock = new();

    [Fact]
    public void A_token_says_whose_it_is()
    {
        var tokens = Tokens(Secret);
        var claims = tokens.Read(tokens.Write(12, Amina, 3))!.Value;
        Assert.Equal((12, Amina, 3), (claims.UserId, claims.Uuid, claims.Version));
    }

    [Fact]
    public void It_ends_after_fifteen_minutes_and_the_difference_that_clocks_may_have()
    {
        var tokens = Tokens(Secret);
        var token = tokens.Write(12, Amina, 1);
        clock.Advance(TimeSpan.FromMinutes(15));
        Assert.NotNull(tokens.Read(token));
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(tokens.Read(token));
    }

    [Fact]
    public void After_a_change_of_the_secret_it_holds_to_its_end()
    {
        var before = Tokens("the secret before, long enough as well").Write(12, Amina, 1);
        Assert.Null(Tokens(Secret).Read(before));
        Assert.NotNull(Tokens(Secret, "the secret before, long enough as well").Read(before));
    }

    [Fact]
    public void What_it_must_say_it_must_say()
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var whole = new Dictionary<string, object>
        {
            ["iss"] = "hearth",
            ["aud"] = "hearth-api",
            ["sub"] = Amina.ToString(),
            ["uid"] = 12,
            ["ver"] = 1,
            ["exp"] = now + 60,
        };
        Assert.NotNull(Read(whole));
        foreach (var claim in whole.Keys)
            Assert.Null(Read(whole.Where(one => one.Key != claim)));
        (string Claim, object Value)[] wrong =
        [
            ("iss", "somebody"), ("iss", 7), ("aud", "another-api"), ("aud", new[] { "another" }), ("sub", "amina"), ("uid", "12"), ("uid", 1.5),
            ("ver", "1"), ("exp", now - 60), ("exp", "soon"), ("exp", long.MaxValue), ("exp", -1), ("exp", 1e300), ("nbf", now + 120), ("nbf", "later"),
        ];
        foreach (var (claim, value) in wrong)
            Assert.Null(Read(whole.Where(one => one.Key != claim).Append(new(claim, value))));
    }

    [Fact]
    public void A_list_of_audiences_will_do_when_we_are_among_them() =>
        Assert.NotNull(Read(new Dictionary<string, object>
        {
            ["iss"] = "hearth",
            ["aud"] = new[] { "another", "hearth-api" },
            ["sub"] = Amina.ToString(),
            ["uid"] = 12,
            ["ver"] = 1,
            ["exp"] = clock.GetUtcNow().ToUnixTimeSeconds() + 60,
        }));

    [Fact]
    public void Production_refuses_to_start_without_a_secret_or_with_a_short_one()
    {
        Assert.Throws<StartFailure>(() => new ServerKeys(new HearthOptions()));
        Assert.Throws<StartFailure>(() => new ServerKeys(new HearthOptions { JwtSecret = "short" }));
    }

    [Fact]
    public void Development_keeps_a_secret_of_its_own()
    {
        var data = Directory.CreateTempSubdirectory("hearth-keys-");
        try
        {
            var options = new HearthOptions { IsProduction = false, DataDir = data.FullName };
            Assert.Equal(new ServerKeys(options).Signing.Secret, new ServerKeys(options).Signing.Secret);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(data.FullName, "jwt-secret")));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private AccessClaims? Read(IEnumerable<KeyValuePair<string, object>> claims) =>
        Tokens(Secret).Read(JwsTests.Signed(
            """{"alg":"HS256","typ":"JWT"}""",
            System.Text.Json.JsonSerializer.Serialize(claims.ToDictionary()),
            new SigningKey(Encoding.UTF8.GetBytes(Secret))));

    private AccessTokens Tokens(string secret, string? previous = null) =>
        new(new ServerKeys(new HearthOptions { JwtSecret = secret, JwtPreviousSecret = previous }), clock);
}
