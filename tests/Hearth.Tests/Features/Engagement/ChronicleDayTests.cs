using Hearth.Features.Engagement.Chronicle;

namespace Hearth.Tests.Features.Engagement;

public sealed class ChronicleDayTests
{
    private static readonly DateTime Midnight = new(2026, 3, 4, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(0, 300, 5)]
    [InlineData(1, 300, 2_000)]
    [InlineData(2, 1_000, 50)]
    [InlineData(3, 1_000, 2)]
    [InlineData(4, 150, 100)]
    [InlineData(5, 1_000, 0)]
    public void The_first_places_at_any_time_of_a_day_are_those_of_everyone(int seed, int people, int most)
    {
        var random = new Random(seed);
        var began = Enumerable.Range(1, people).Where(_ => random.Next(10) > 0).ToDictionary(person => (long)person, _ => random.Next(0, most + 1));
        var gains = Enumerable.Range(0, 2_000)
            // Often several at one moment.
            .Select(_ => new Gain(random.Next(1, people + 50), Midnight.AddTicks(random.Next(2) == 0 ? random.NextInt64(TimeSpan.TicksPerDay) / 10 * 10 : random.Next(864) * TimeSpan.TicksPerSecond * 100), random.Next(-3, 8)))
            .OrderBy(gain => gain.At).ToList();
        var day = ChronicleDay.Of(DateOnly.FromDateTime(Midnight), began, gains);
        var parts = day.Parts().ToList();
        Assert.All(parts.SkipLast(1), part => Assert.InRange(part.Part.At.Length, ChronicleDay.Changes, ChronicleDay.Changes + 20));
        Assert.Equal(day.At, parts.SelectMany(part => part.Part.At));
        foreach (var time in gains.Where((_, i) => i % 100 == 7).SelectMany(gain => new[] { gain.At, gain.At.AddTicks(-1) }).Append(Midnight).Append(Midnight.AddDays(1).AddTicks(-1)))
        {
            var values = new Dictionary<long, int>(began);
            foreach (var gain in gains.Where(gain => gain.At <= time))
                values[gain.Person] = values.GetValueOrDefault(gain.Person) + gain.N;
            var expected = values.Where(one => one.Value > 0).OrderByDescending(one => one.Value).ThenBy(one => one.Key).Take(200).Select(one => (one.Key, one.Value));
            Assert.Equal(expected, day.Top(time).Select(place => (place.Id, place.Value)));
            Assert.Equal(expected, parts.Last(part => part.Begins <= (time - Midnight).Ticks / 10).Part.Top(time).Select(place => (place.Id, place.Value)));
        }
    }

    [Fact]
    public void Who_is_never_among_the_first_is_not_told_of()
    {
        var began = Enumerable.Range(1, 1_000).ToDictionary(person => (long)person, person => person * 10);
        var day = ChronicleDay.Of(
            DateOnly.FromDateTime(Midnight), began, [new Gain(5, Midnight.AddHours(1), 7), new Gain(800, Midnight.AddHours(2), 5), new Gain(799, Midnight.AddHours(3), 30)]);
        Assert.Equal([799, .. Enumerable.Range(801, 200).Select(person => (long)person)], day.People);
        Assert.Single(day.Gained);
    }
}
