using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Hearth.Platform;

namespace Hearth.Tests.Platform;

/// <summary>RFC 7515's example, and the attacks that RFC 8725 names.</summary>
public sealed class JwsTests
{
    // RFC 7515, appendix A.1.
    private const string Example =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static readonly SigningKey ExampleKey = new(
        Base64Url.DecodeFromChars("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"));

    private static readonly SigningKey Key = new("the secret of a test, long enough"u8.ToArray());

    [Fact]
    public void The_example_of_the_standard_is_verified()
    {
        var payload = Jws.Verify(Example, [ExampleKey]);
        Assert.Equal("joe", payload!.Value.GetProperty("iss").GetString());
        Assert.Equal(1300819380, payload.Value.GetProperty("exp").GetInt64());
    }

    [Fact]
    public void What_is_signed_is_verified() =>
        Assert.Equal(12, Jws.Verify(Jws.Sign(Key, """{"uid":12}"""u8), [Key])!.Value.GetProperty("uid").GetInt32());

    [Fact]
    public void Another_key_does_not_verify_it() =>
        Assert.Null(Jws.Verify(Jws.Sign(Key, """{"uid":12}"""u8), [ExampleKey]));

    [Fact]
    public void The_key_before_still_verifies_what_it_signed() =>
        Assert.NotNull(Jws.Verify(Jws.Sign(Key, "{}"u8), [ExampleKey, Key]));

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"None"}""")]
    [InlineData("""{"alg":"nOnE"}""")]
    [InlineData("""{"alg":"HS384"}""")]
    [InlineData("""{"alg":"HS512"}""")]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"alg":"ES256"}""")]
    [InlineData("""{"alg":"hs256"}""")]
    [InlineData("""{"alg":null}""")]
    [InlineData("""{"alg":["HS256"]}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""{"alg":"HS256","crit":["exp"],"exp":1}""")]
    [InlineData("""{"alg":"HS256","kid":"another"}""")]
    [InlineData("""{"alg":"HS256","kid":7}""")]
    [InlineData("""{"alg":"HS256","kid":"../../etc/passwd"}""")]
    [InlineData("""{"alg":"HS256","typ":"secevent+jwt"}""")]
    [InlineData("""{"alg":"none","alg":"HS256"}""")]
    [InlineData("""{"alg":"HS256" """)]
    public void A_header_that_asks_for_anything_else_is_refused_though_the_signature_holds(string header) =>
        Assert.Null(Jws.Verify(Signed(header, """{"uid":12}"""), [Key]));

    [Fact]
    public void A_key_in_the_header_is_no_key_of_ours() =>
        Assert.Null(Jws.Verify(
            Signed("""{"alg":"HS256","jwk":{"kty":"oct","k":"AAAA"}}""", "{}", new SigningKey([0, 0, 0])), [Key]));

    [Fact]
    public void No_signature_is_no_signature()
    {
        var parts = Jws.Sign(Key, """{"uid":12}"""u8).Split('.');
        Assert.Null(Jws.Verify($"{parts[0]}.{parts[1]}.", [Key]));
        Assert.Null(Jws.Verify($"{parts[0]}.{parts[1]}", [Key]));
        Assert.Null(Jws.Verify($"{Encode("""{"alg":"none"}""")}.{parts[1]}.", [Key]));
    }

    [Fact]
    public void Every_changed_character_breaks_it()
    {
        var token = Jws.Sign(Key, """{"uid":12}"""u8);
        for (var i = 0; i < token.Length - 1; i++)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.Null(Jws.Verify(changed, [Key]));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d.e")]
    [InlineData("é.é.é")]
    public void What_is_no_token_is_none(string text) => Assert.Null(Jws.Verify(text, [Key]));

    [Fact]
    public void Padding_blanks_and_great_length_are_refused()
    {
        var token = Jws.Sign(Key, "{}"u8);
        Assert.Null(Jws.Verify(token + "=", [Key]));
        Assert.Null(Jws.Verify(" " + token, [Key]));
        Assert.Null(Jws.Verify(token + "\n", [Key]));
        Assert.Null(Jws.Verify(Jws.Sign(Key, Encoding.UTF8.GetBytes($$"""{"x":"{{new string('x', 9000)}}"}""")), [Key]));
    }

    [Fact]
    public void A_payload_that_says_a_thing_twice_is_refused() =>
        Assert.Null(Jws.Verify(Signed("""{"alg":"HS256"}""", """{"uid":12,"uid":1}"""), [Key]));

    internal static string Signed(string header, string payload, SigningKey? key = null)
    {
        var text = $"{Encode(header)}.{Encode(payload)}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData((key ?? Key).Secret, Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
