using System.Text;
using System.Text.Json;
using Hearth.Platform;

namespace Hearth.Tests.Platform;

public sealed class PlainJsonEncoderTests
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = PlainJsonEncoder.Instance };

    [Theory]
    [InlineData("👍 ❤️ mambo — <b>&amp;</b> 'vipi'", "\"👍 ❤️ mambo — <b>&amp;</b> 'vipi'\"")]
    [InlineData("a \"quote\" \\ and\na line\0", "\"a \\\"quote\\\" \\\\ and\\na line\\u0000\"")]
    public void Only_what_json_requires_is_escaped(string text, string json)
    {
        Assert.Equal(json, JsonSerializer.Serialize(text, Plain));
        Assert.Equal(json, Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(text, Plain)));
        Assert.Equal(text, JsonSerializer.Deserialize<string>(json));
    }

    [Fact]
    public void Every_character_comes_back()
    {
        var all = new StringBuilder();
        for (var scalar = 0; scalar <= 0x10FFFF; scalar++)
        {
            if (Rune.IsValid(scalar))
                all.Append(new Rune(scalar).ToString());
        }

        var text = all.ToString();
        Assert.Equal(text, JsonSerializer.Deserialize<string>(JsonSerializer.SerializeToUtf8Bytes(text, Plain)));
    }

    [Fact]
    public void Half_a_pair_becomes_a_replacement() =>
        Assert.Equal("\"a\uFFFDb\"", JsonSerializer.Serialize("a\uD83Db", Plain));
}
