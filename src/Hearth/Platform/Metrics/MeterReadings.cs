using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Hearth.Platform;

/// <summary>Keeps what the process's meters say: Hearth's own, the connection pool's, the runtime's.</summary>
internal sealed class MeterReadings : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<Instrument, Series> all = new();

    public MeterReadings()
    {
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (IsWanted(instrument))
                meters.EnableMeasurementEvents(instrument, all.GetOrAdd(instrument, static one => new Series(one)));
        };
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((Series)state!).Record(value, tags));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => ((Series)state!).Record(value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((Series)state!).Record(value, tags));
        listener.Start();
    }

    /// <summary>The readings of now, observed ones taken anew.</summary>
    public IReadOnlyList<Series> Read()
    {
        foreach (var series in all.Values)
            series.Forget();
        listener.RecordObservableInstruments();
        return [.. all.Values.OrderBy(series => series.Name, StringComparer.Ordinal)];
    }

    public void Dispose() => listener.Dispose();

    /// <summary>Histograms of others would cost something on every statement, and are left alone.</summary>
    private static bool IsWanted(Instrument instrument) =>
        instrument.Meter.Name.StartsWith("Hearth", StringComparison.Ordinal)
        || (instrument.IsObservable && instrument.Meter.Name is "Npgsql" or "System.Runtime");
}

/// <summary>One instrument's values, by their tags.</summary>
internal sealed class Series(Instrument instrument)
{
    private readonly ConcurrentDictionary<string, Cell> cells = new(StringComparer.Ordinal);
    private readonly Cell plain = new();

    private readonly bool isObserved = instrument.IsObservable;
    private readonly bool isHistogram = instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal);

    public string Name { get; } = Plain(instrument);

    public string? Description => instrument.Description;

    /// <summary>A counter only grows.</summary>
    public bool IsCounter { get; } = Grows(instrument);

    public bool IsSummary => isHistogram;

    public IEnumerable<(string Labels, double Sum, long Count)> Values =>
        (plain.Count > 0 ? [("", plain.Sum, plain.Count)] : Enumerable.Empty<(string, double, long)>())
            .Concat(cells.OrderBy(cell => cell.Key, StringComparer.Ordinal).Where(cell => cell.Value.Count > 0)
                .Select(cell => (cell.Key, cell.Value.Sum, cell.Value.Count)));

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var cell = tags.Length == 0 ? plain : cells.GetOrAdd(Labels(tags), static _ => new Cell());
        cell.Add(value, isObserved);
    }

    /// <summary>What is observed is told whole each time; what is told no more is no more.</summary>
    public void Forget()
    {
        if (!isObserved)
            return;
        plain.Clear();
        cells.Clear();
    }

    private static bool Grows(Instrument instrument) =>
        instrument.GetType().Name.StartsWith("Counter", StringComparison.Ordinal)
        || instrument.GetType().Name.StartsWith("ObservableCounter", StringComparison.Ordinal);

    private static string Plain(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_').Replace('-', '_');
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        if (!name.EndsWith(unit, StringComparison.Ordinal))
            name += unit;
        return Grows(instrument) && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder("{");
        foreach (var (key, value) in tags)
        {
            if (text.Length > 1)
                text.Append(',');
            text.Append(key.Replace('.', '_')).Append("=\"").Append(PrometheusText.Escape(Short(value?.ToString() ?? ""))).Append('"');
        }

        return text.Append('}').ToString();
    }

    /// <summary>A connection pool calls itself by its whole connection string; the application's name in it is enough.</summary>
    private static string Short(string value)
    {
        const string Mark = "Application Name=";
        return value.LastIndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at ? value[(at + Mark.Length)..].Split(';')[0] : value;
    }

    private sealed class Cell
    {
        private readonly Lock gate = new();

        public double Sum { get; private set; }

        public long Count { get; private set; }

        public void Add(double value, bool isObserved)
        {
            lock (gate)
            {
                Sum = isObserved ? value : Sum + value;
                Count++;
            }
        }

        public void Clear()
        {
            lock (gate)
                (Sum, Count) = (0, 0);
        }
    }
}
