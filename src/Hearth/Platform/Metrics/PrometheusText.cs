using System.Globalization;
using System.Text;

namespace Hearth.Platform;

/// <summary>The figures in Prometheus' text format, version 0.0.4.</summary>
internal sealed class PrometheusText(RouteMetrics routes, MeterReadings meters)
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public string Write()
    {
        var text = new StringBuilder(16_384);
        Requests(text);
        Durations(text);
        foreach (var same in meters.Read().GroupBy(series => series.Name, StringComparer.Ordinal))
            Series(text, [.. same]);
        return text.ToString();
    }

    public static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private void Requests(StringBuilder text)
    {
        Head(text, "hearth_http_requests_total", "Requests answered, by route and class of status.", "counter");
        foreach (var route in routes.All)
        {
            for (var digit = 1; digit < route.Classes.Count; digit++)
            {
                if (route.Classes[digit] > 0)
                    Line(text, "hearth_http_requests_total", $"{{{Labels(route)},status=\"{digit}xx\"}}", route.Classes[digit]);
            }
        }
    }

    private void Durations(StringBuilder text)
    {
        const string Name = "hearth_http_request_duration_seconds";
        Head(text, Name, "How long requests took, by route.", "histogram");
        foreach (var route in routes.All)
        {
            var count = 0L;
            for (var i = 0; i < route.Buckets.Count; i++)
            {
                count += route.Buckets[i];
                var bound = i < RouteFigures.Bounds.Length ? RouteFigures.Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                Line(text, $"{Name}_bucket", $"{{{Labels(route)},le=\"{bound}\"}}", count);
            }

            Line(text, $"{Name}_sum", $"{{{Labels(route)}}}", route.Seconds);
            Line(text, $"{Name}_count", $"{{{Labels(route)}}}", count);
        }
    }

    /// <summary>Instruments of one name are one metric: each set of labels is told once, by the first that has it.</summary>
    private static void Series(StringBuilder text, IReadOnlyList<Series> same)
    {
        var first = same[0];
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (labels, sum, count) in same.SelectMany(series => series.Values))
        {
            if (told.Count == 0)
                Head(text, first.Name, first.Description, first.IsSummary ? "summary" : first.IsCounter ? "counter" : "gauge");
            if (!told.Add(labels))
                continue;
            if (first.IsSummary)
                Line(text, $"{first.Name}_count", labels, count);
            Line(text, first.IsSummary ? $"{first.Name}_sum" : first.Name, labels, sum);
        }
    }

    private static string Labels(RouteFigures route) => $"method=\"{route.Method}\",route=\"{Escape(route.Route)}\"";

    private static void Head(StringBuilder text, string name, string? help, string type)
    {
        if (help is not null)
            text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace('\n', ' ')).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
}
