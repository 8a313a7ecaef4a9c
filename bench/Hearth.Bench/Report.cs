using System.Globalization;

namespace Hearth.Bench;

/// <summary>One table; a bare row follows what it is the limit of, and the ratio stands on it.</summary>
internal sealed class Report
{
    private readonly Dictionary<string, double> rates = new(StringComparer.Ordinal);
    private double hearth;

    /// <summary>The rates of Hearth's own rows by name.</summary>
    public IReadOnlyDictionary<string, double> Rates => rates;

    public static void Begin(string heading)
    {
        Heading(heading);
        Console.WriteLine($"{"",-42}{"per s",10}{"p50 ms",9}{"p99 ms",9}{"failed",8}{"Hearth / bare",15}");
    }

    public void Forget() => rates.Clear();

    public void Add(string name, Figures figures)
    {
        var bare = name.StartsWith("  bare", StringComparison.Ordinal);
        if (!bare)
        {
            hearth = figures.Rate;
            rates[name] = figures.Rate;
        }

        var ratio = bare ? Text(hearth / figures.Rate, "0.00") : "";
        Console.WriteLine($"{name,-42}{Text(figures.Rate, "#,0"),10}{Text(figures.P50, "0.0"),9}{Text(figures.P99, "0.0"),9}{figures.Failed,8}{ratio,15}");
    }

    public static void Heading(string heading)
    {
        Console.WriteLine();
        Console.WriteLine(heading);
    }

    public static void Line(string name, string text) => Console.WriteLine($"{name,-42}{text}");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
