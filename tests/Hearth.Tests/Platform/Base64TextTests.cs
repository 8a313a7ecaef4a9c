using Hearth.Platform;

namespace Hearth.Tests.Platform;

public sealed class Base64TextTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("AQID", 3)]
    [InlineData("AQI", 2)]
    [InlineData("_-8", 2)]
    public void What_is_base64url_is_read(string text, int length) => Assert.Equal(length, Base64Text.Decode(text)?.Length);

    [Theory]
    [InlineData("A")]
    [InlineData("AQIDA")]
    [InlineData("AQI=")]
    [InlineData("A QI")]
    [InlineData("+/8")]
    [InlineData("é")]
    [InlineData("AQ.D")]
    public void What_is_none_is_null_and_no_exception(string text) => Assert.Null(Base64Text.Decode(text));
}
