using System.Collections.Concurrent;

namespace Hearth.Platform;

/// <summary>Counts requests and their durations by route: one look-up and three increments a request, nothing allocated.</summary>
internal sealed class RouteMetrics
{
    private readonly ConcurrentDictionary<Endpoint, RouteFigures> byRoute = new(ReferenceEqualityComparer.Instance);
    private readonly RouteFigures elsewhere = new("none", "none");

    public IEnumerable<RouteFigures> All => byRoute.Values.Append(elsewhere).OrderBy(figures => figures.Route, StringComparer.Ordinal);

    public void Record(HttpContext http, TimeSpan took) => For(http).Record(http.Response.StatusCode, took.Ticks);

    /// <summary>What routing makes up, such as its answer to a wrong method, is one row: there is no end of such endpoints.</summary>
    private RouteFigures For(HttpContext http)
    {
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
            return elsewhere;
        return byRoute.TryGetValue(endpoint, out var figures)
            ? figures
            : byRoute.GetOrAdd(endpoint, new RouteFigures("/" + endpoint.RoutePattern.RawText?.Trim('/'), Method(endpoint)));
    }

    private static string Method(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is [var one, ..] ? one : "any";
}

/// <summary>One route's figures since the start.</summary>
internal sealed class RouteFigures(string route, string method)
{
    public static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

    private static readonly long[] Ticks = [.. Bounds.Select(bound => (long)(bound * TimeSpan.TicksPerSecond))];

    private readonly long[] buckets = new long[Bounds.Length + 1];
    private readonly long[] classes = new long[6];
    private long sum;

    public string Route => route;

    public string Method => method;

    public double Seconds => TimeSpan.FromTicks(Volatile.Read(ref sum)).TotalSeconds;

    public IReadOnlyList<long> Buckets => buckets;

    /// <summary>Counts by the first digit of the status.</summary>
    public IReadOnlyList<long> Classes => classes;

    public void Record(int status, long ticks)
    {
        var bucket = 0;
        while (bucket < Ticks.Length && ticks > Ticks[bucket])
            bucket++;
        Interlocked.Increment(ref buckets[bucket]);
        Interlocked.Increment(ref classes[Math.Clamp(status / 100, 0, 5)]);
        Interlocked.Add(ref sum, ticks);
    }
}
