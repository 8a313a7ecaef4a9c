using Hearth.Ledger;

namespace Hearth.Tests.Ledger;

public sealed class PositionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((1L << 53) - 1)]
    public void A_position_reads_back_as_it_was_written(long position)
    {
        Assert.True(Position.TryParse(Position.Format(position), out var read));
        Assert.Equal(position, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("000000000000000g")]
    [InlineData("000000000000000A")]
    [InlineData("0020000000000000")]
    [InlineData("00000000000000001")]
    public void What_was_never_given_out_is_not_a_position(string? text) => Assert.False(Position.TryParse(text, out _));
}
