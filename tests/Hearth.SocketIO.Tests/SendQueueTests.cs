using System.Text;
using Hearth.SocketIO.Transport;

namespace Hearth.SocketIO.Tests;

/// <summary>What a slow client misses, and that it always hears of it.</summary>
public sealed class SendQueueTests
{
    private static readonly byte[] Resync = "resync"u8.ToArray();

    private readonly SendQueue queue = new(new SendPolicy { MostFrames = 3, Resync = Resync });

    [Fact]
    public void Events_are_dropped_once_too_many_wait_and_the_client_is_told_once()
    {
        for (var i = 0; i < 10; i++)
            Assert.True(queue.Add(Event(i)));

        Assert.Equal(["resync"], Send());
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public void An_event_that_comes_while_the_word_of_missed_ones_is_on_its_way_is_not_missed()
    {
        for (var i = 0; i < 10; i++)
            Assert.True(queue.Add(Event(i)));
        var onItsWay = queue.Next();
        // The client may have it, and have fetched anew, before the server knows that it was sent.
        Assert.True(queue.Add(Event(10)));
        Assert.Equal(["resync"], Texts(onItsWay));
        Assert.True(queue.Sent());

        Assert.Equal(["10"], Send());
    }

    [Fact]
    public void Who_misses_events_again_while_the_word_is_on_its_way_is_told_again()
    {
        for (var i = 0; i < 10; i++)
            Assert.True(queue.Add(Event(i)));
        _ = queue.Next();
        for (var i = 10; i < 20; i++)
            Assert.True(queue.Add(Event(i)));
        Assert.True(queue.Sent());

        Assert.Equal(["resync"], Send());
        Assert.True(queue.Add(Event(20)));
        Assert.Equal(["20"], Send());
    }

    private static ArraySegment<byte> Event(int number) => Encoding.ASCII.GetBytes(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static string[] Texts(IEnumerable<ArraySegment<byte>> chunks) => [.. chunks.Select(chunk => Encoding.ASCII.GetString(chunk))];

    private string[] Send()
    {
        var texts = Texts(queue.Next());
        queue.Sent();
        return texts;
    }
}
