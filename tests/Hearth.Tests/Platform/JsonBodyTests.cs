using System.Buffers;
using System.Text;
using Hearth.Features.Accounts;
using Hearth.Features.Engagement;
using Hearth.Features.Engagement.Badges;
using Hearth.Platform;

namespace Hearth.Tests.Platform;

public sealed class JsonBodyTests
{
    public JsonBodyTests() => Json.Add(AccountsJson.Default);

    [Fact]
    public void Unknown_fields_are_ignored_and_optional_ones_may_be_absent_or_null()
    {
        var account = Parse<NewAccount>("""{"username":"amina","email":"a@example.org","password":"x","roles":["admin"],"display_name":null}""");
        Assert.Equal(("amina", null), (account.Username, account.DisplayName));
    }

    [Fact]
    public void A_missing_field_of_an_inner_object_is_named_by_its_place()
    {
        Json.Add(EngagementJson.Default);
        Assert.Equal(["rule.count"], Fields<NewBadge>("""{"name":"x","title":"x","rule":{"action_type":"like_post"}}""").Keys);
    }

    [Fact]
    public void Each_missing_field_is_named() =>
        Assert.Equal(["email", "password", "username"], Fields<NewAccount>("{}").Keys.Order());

    [Theory]
    [InlineData("""{"username":5,"email":"","password":""}""", "username", "Not a valid string.")]
    [InlineData("""{"username":null,"email":"","password":""}""", "username", "Not a valid string.")]
    [InlineData("""{"username":{},"email":"","password":""}""", "username", "Not a valid string.")]
    [InlineData("""{"username":"a","email":"\ud800","password":""}""", "email", "Not a valid string.")]
    [InlineData("""{"username":"a","email":"a\u0000","password":""}""", "email", "Null characters are not allowed.")]
    public void A_wrong_type_is_named(string json, string field, string message) =>
        Assert.Equal([message], Fields<NewAccount>(json)[field]);

    [Theory]
    [InlineData("""{"show_email":"yes"}""", "show_email", "Must be a valid boolean.")]
    [InlineData("""{"show_email":null}""", "show_email", "Must be a valid boolean.")]
    [InlineData("""{"display_name":null}""", "display_name", "Not a valid string.")]
    [InlineData("""{"display_name":[]}""", "display_name", "Not a valid string.")]
    public void A_field_of_a_change_is_as_strict(string json, string field, string message) =>
        Assert.Equal([message], Fields<ProfileChange>(json)[field]);

    [Theory]
    [InlineData("""{"roles":"admin"}""", "roles", "Expected a list of items.")]
    [InlineData("""{"roles":null}""", "roles", "Expected a list of items.")]
    [InlineData("""{"tenant_id":"x"}""", "tenant_id", "Must be a valid UUID.")]
    public void Lists_and_ids_are_named_too(string json, string field, string message) =>
        Assert.Equal([message], Fields<AccountChange>(json)[field]);

    [Fact]
    public void Absent_null_and_a_value_are_three_things()
    {
        var change = Parse<ProfileChange>("""{"profile_photo":null,"bio":"short"}""");
        Assert.True(change.ProfilePhoto is { IsSet: true, Value: null });
        Assert.True(change.Bio is { IsSet: true, Value: "short" });
        Assert.False(change.TimeZone.IsSet);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"username\":")]
    [InlineData("{\"username\":\"a\",}")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("{} {}")]
    [InlineData("{\"username\":\"\u0001\"}")]
    public void What_is_no_object_is_refused(string json) =>
        Assert.Equal(FailureKind.Invalid, Assert.Throws<Failure>(() => Parse<NewAccount>(json)).Kind);

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_refused()
    {
        byte[] json = [.. "{\"username\":\""u8, 0xC3, 0x28, 0xFF, .. "\",\"email\":\"\",\"password\":\"\"}"u8];
        Assert.Equal(FailureKind.Invalid, Assert.Throws<Failure>(() => JsonBody.Parse<NewAccount>(new ReadOnlySequence<byte>(json))).Kind);
    }

    [Fact]
    public void Depth_has_an_end() =>
        Assert.Equal(
            FailureKind.Invalid,
            Assert.Throws<Failure>(() => Parse<NewAccount>($$"""{"x":{{new string('[', 5000)}}{{new string(']', 5000)}}}""")).Kind);

    [Fact]
    public void A_byte_order_mark_is_no_fault()
    {
        byte[] json = [0xEF, 0xBB, 0xBF, .. "{\"token\":\"x\"}"u8];
        Assert.Equal("x", JsonBody.Parse<TokenRequest>(new ReadOnlySequence<byte>(json)).Token);
    }

    [Fact]
    public void A_backslash_before_the_letters_of_a_null_is_text() =>
        Assert.Equal("\\u0000", Parse<TokenRequest>("""{"token":"\\u0000"}""").Token);

    private static T Parse<T>(string json)
        where T : class => Body.Parse<T>(Encoding.UTF8.GetBytes(json));

    private static IReadOnlyDictionary<string, string[]> Fields<T>(string json)
        where T : class => Assert.Throws<Failure>(() => Parse<T>(json)).Fields ?? throw new InvalidOperationException("No field is named.");
}
