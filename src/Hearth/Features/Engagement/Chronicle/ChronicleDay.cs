using Hearth.Features.Engagement.Boards;

namespace Hearth.Features.Engagement.Chronicle;

/// <summary>What somebody's value of a ranking changed by, and when.</summary>
internal readonly record struct Gain(long Person, DateTime At, int N);

/// <summary>
/// A ranking, of all time or of a window, on a day that is over: everyone who was among its first places at any moment of the day, with what they had when
/// it began and each change of it. Who is not in it was never among them.
/// </summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="People">Who, by id.</param>
/// <param name="Began">What each of them had; of a part, when it began.</param>
/// <param name="Who">Of each change, in order of time: a place in <paramref name="People"/>.</param>
/// <param name="At">Microseconds since midnight.</param>
/// <param name="Gained">The difference.</param>
internal sealed record ChronicleDay(DateOnly Day, long[] People, int[] Began, int[] Who, long[] At, int[] Gained)
{
    /// <summary>How many places a ranking of the past has.</summary>
    public const int Places = 200;

    /// <summary>How many changes a part of a day tells of, or some more where they are of one moment.</summary>
    public const int Changes = 256;

    /// <param name="day">The day.</param>
    /// <param name="began">What everyone had when it began; nobody with nothing need be there.</param>
    /// <param name="gains">What changed during the day, in order of time.</param>
    public static ChronicleDay Of(DateOnly day, IReadOnlyDictionary<long, int> began, IReadOnlyList<Gain> gains)
    {
        var spans = Spans(began, gains);
        var bar = Bar(began, spans);
        long[] people =
        [
            .. began.Where(one => !spans.ContainsKey(one.Key) && one.Value >= bar).Select(one => one.Key)
                .Concat(spans.Where(one => one.Value.Most >= bar).Select(one => one.Key)).Order(),
        ];
        var places = people.Index().ToDictionary(one => one.Item, one => one.Index);
        var midnight = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var told = gains.Where(gain => places.ContainsKey(gain.Person)).ToList();
        return new ChronicleDay(
            day,
            people,
            Array.ConvertAll(people, person => began.GetValueOrDefault(person)),
            [.. told.Select(gain => places[gain.Person])],
            [.. told.Select(gain => Microseconds(gain.At - midnight))],
            [.. told.Select(gain => gain.N)]);
    }

    /// <returns>The day in parts, each with when it begins, in microseconds since midnight.</returns>
    public IEnumerable<(long Begins, ChronicleDay Part)> Parts()
    {
        var (begins, began) = (0L, Began);
        for (var from = 0; ;)
        {
            var to = Math.Min(from + Changes, At.Length);
            while (to > 0 && to < At.Length && At[to] == At[to - 1])
                to++;
            yield return (begins, this with { Began = began, Who = Who[from..to], At = At[from..to], Gained = Gained[from..to] });
            if (to == At.Length)
                yield break;
            began = (int[])began.Clone();
            for (var i = from; i < to; i++)
                began[Who[i]] += Gained[i];
            (begins, from) = (At[to], to);
        }
    }

    /// <returns>The first places at a time of the day, or of the part.</returns>
    public IReadOnlyList<Place<int>> Top(DateTime time)
    {
        var values = (int[])Began.Clone();
        var until = Microseconds(time.TimeOfDay);
        for (var i = 0; i < At.Length && At[i] <= until; i++)
            values[Who[i]] += Gained[i];
        return Ranked(People.Zip(values));
    }

    /// <returns>The first places by value; who is older comes first of two who are level.</returns>
    public static IReadOnlyList<Place<int>> Ranked(IEnumerable<(long Person, int Value)> values) =>
    [
        .. values.Where(one => one.Value > 0).OrderByDescending(one => one.Value).ThenBy(one => one.Person).Take(Places)
            .Select(one => new Place<int>(one.Person, one.Value)),
    ];

    /// <summary>The least and the most that each had to whom anything happened.</summary>
    private static Dictionary<long, (int Now, int Least, int Most)> Spans(IReadOnlyDictionary<long, int> began, IReadOnlyList<Gain> gains)
    {
        var spans = new Dictionary<long, (int Now, int Least, int Most)>();
        foreach (var gain in gains)
        {
            if (!spans.TryGetValue(gain.Person, out var span))
            {
                var first = began.GetValueOrDefault(gain.Person);
                span = (first, first, first);
            }

            var now = span.Now + gain.N;
            spans[gain.Person] = (now, Math.Min(span.Least, now), Math.Max(span.Most, now));
        }

        return spans;
    }

    /// <returns>What as many people as there are places had all day long: who never reached it was never on one.</returns>
    private static int Bar(IReadOnlyDictionary<long, int> began, Dictionary<long, (int Now, int Least, int Most)> spans)
    {
        var first = new PriorityQueue<int, int>(Places + 1);
        foreach (var (person, value) in began)
        {
            var least = spans.TryGetValue(person, out var span) ? span.Least : value;
            if (first.Count < Places)
                first.Enqueue(least, least);
            else
                first.EnqueueDequeue(least, least);
        }

        return first.Count < Places ? 1 : Math.Max(first.Peek(), 1);
    }

    public static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;
}
