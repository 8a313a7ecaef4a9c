using System.Collections.Concurrent;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Hearth.Platform;

/// <summary>Who spends from a bucket: a user, an address (an IPv6 network of 64 bits), or the name of an account.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Spender(RateLimit Limit, char Kind, UInt128 Value)
{
    public static Spender User(RateLimit limit, long id) => new(limit, 'u', (UInt128)id);

    public static Spender Service(RateLimit limit, long id) => new(limit, 's', (UInt128)id);

    public static Spender Address(RateLimit limit, IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        (address ?? IPAddress.None).MapToIPv6().TryWriteBytes(bytes, out _);
        if (address is { IsIPv4MappedToIPv6: false, AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 })
            bytes[8..].Clear();
        return new Spender(limit, 'a', MemoryMarshal.Read<UInt128>(bytes));
    }

    public static Spender Account(RateLimit limit, string name) =>
        new(limit, 'n', MemoryMarshal.Read<UInt128>(SHA256.HashData(Encoding.UTF8.GetBytes(Usernames.Key(name)))));
}

/// <summary>
/// Counts requests per minute over a sliding window: the minute before counts for as much of it as the window still covers.
/// Per node; the numbers are scaled by RATE_LIMITS.
/// </summary>
internal sealed class Limiter(HearthOptions options, TimeProvider clock)
{
    private const long Window = 60_000;
    private const int SweepEvery = 8192;

    private readonly ConcurrentDictionary<Spender, Bucket> buckets = new();
    private readonly long began = clock.GetTimestamp();
    private int added;

    /// <summary>Spends one, or fails with how long to wait.</summary>
    public void Take(Spender spender)
    {
        if (options.RateLimitFactor <= 0 || spender.Limit == RateLimit.None)
            return;
        var now = (long)clock.GetElapsedTime(began).TotalMilliseconds;
        if (!buckets.TryGetValue(spender, out var bucket))
            bucket = Add(spender, now);
        var most = Math.Max(1, RateLimits.PerMinute(spender.Limit) * options.RateLimitFactor);
        var wait = bucket.Take(now, most);
        if (wait > 0)
            throw Limited(TimeSpan.FromMilliseconds(wait));
    }

    private static Failure Limited(TimeSpan wait)
    {
        var seconds = FailureWriter.Seconds(wait);
        return new Failure(
            FailureKind.Limited,
            $"Request was throttled. Expected available in {seconds} second{(seconds == 1 ? "" : "s")}.")
        { RetryAfter = wait };
    }

    private Bucket Add(Spender spender, long now)
    {
        if (Interlocked.Increment(ref added) % SweepEvery == 0)
        {
            foreach (var (key, bucket) in buckets)
            {
                if (bucket.IsForgotten(now))
                    buckets.TryRemove(key, out _);
            }
        }

        return buckets.GetOrAdd(spender, static _ => new Bucket());
    }

    private sealed class Bucket
    {
        private readonly Lock gate = new();
        private long window = -1;
        private int before;
        private int spent;

        /// <returns>0 when one was spent, or the milliseconds until one can be.</returns>
        public double Take(long now, double most)
        {
            lock (gate)
            {
                Turn(now / Window);
                var covered = 1 - ((now % Window) / (double)Window);
                if ((before * covered) + spent + 1 <= most)
                {
                    spent++;
                    return 0;
                }

                return Wait(now % Window, most);
            }
        }

        public bool IsForgotten(long now)
        {
            lock (gate)
                return (now / Window) - window >= 2;
        }

        private void Turn(long current)
        {
            if (current == window)
                return;
            before = current == window + 1 ? spent : 0;
            spent = 0;
            window = current;
        }

        /// <summary>When the weight of what was spent leaves room for one more: in this window still, or in the next.</summary>
        private double Wait(long elapsed, double most)
        {
            if (spent + 1 <= most)
                return Math.Max(1, (Window * (1 - ((most - 1 - spent) / before))) - elapsed);
            return Window - elapsed + Math.Max(0, Window * (1 - ((most - 1) / spent)));
        }
    }
}
