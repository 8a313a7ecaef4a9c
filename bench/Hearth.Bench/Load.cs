using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hearth.Bench;

/// <summary>One request of the load: the finished bytes.</summary>
internal delegate byte[] NextRequest(Random random);

/// <summary>What a load found: rate per second and latencies in milliseconds.</summary>
internal sealed record Figures(double Rate, double P50, double P99, long Failed)
{
    public static Figures Median(IReadOnlyList<Figures> rounds) =>
        rounds.OrderBy(round => round.Rate).ElementAt(rounds.Count / 2);
}

/// <summary>
/// Keep-alive connections that send their next request as soon as the last answer is whole. Each run draws other requests: a reaction
/// given a second time would change nothing and cost nothing.
/// </summary>
internal static class Load
{
    public static async Task<Figures> Run(IPEndPoint server, int connections, TimeSpan time, NextRequest next)
    {
        var until = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var started = Stopwatch.GetTimestamp();
        var each = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => One(server, until, next, new Random()))));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var latencies = each.SelectMany(one => one.Latencies).Order().ToArray();
        if (latencies.Length == 0)
            return new Figures(0, 0, 0, each.Sum(one => one.Failed));
        return new Figures(
            latencies.Length / seconds,
            latencies[latencies.Length / 2] / 1_000.0,
            latencies[Math.Min(latencies.Length - 1, latencies.Length * 99 / 100)] / 1_000.0,
            each.Sum(one => one.Failed));
    }

    /// <summary>The bytes of a request; a body is JSON.</summary>
    public static byte[] Request(string method, string path, string? token, string? body = null)
    {
        var text = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: bench\r\n");
        if (token is not null)
            text.Append("Authorization: Bearer ").Append(token).Append("\r\n");
        if (method is "POST")
        {
            var length = Encoding.UTF8.GetByteCount(body ?? "");
            text.Append($"Content-Type: application/json\r\nContent-Length: {length}\r\n");
        }

        text.Append("\r\n").Append(body);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task<(List<int> Latencies, long Failed)> One(IPEndPoint server, long until, NextRequest next, Random random)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        var latencies = new List<int>(100_000);
        var answer = new AnswerReader(socket);
        long failed = 0;
        while (Stopwatch.GetTimestamp() < until)
        {
            var request = next(random);
            var start = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            var status = await answer.Read();
            latencies.Add((int)Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            if (status is < 200 or > 299)
                failed++;
        }

        return (latencies, failed);
    }
}

/// <summary>Reads whole HTTP/1.1 answers, with a length or in chunks, and says their status.</summary>
internal sealed class AnswerReader(Socket socket)
{
    private byte[] buffer = new byte[65_536];
    private int filled;

    public async Task<int> Read()
    {
        int end;
        while ((end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
            await Fill();
        var head = Encoding.ASCII.GetString(buffer, 0, end);
        var status = int.Parse(head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
        var from = end + 4;
        var at = head.IndexOf("content-length:", StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
        {
            var line = head.AsSpan(at + 15);
            var stop = line.IndexOf('\r');
            var length = int.Parse((stop < 0 ? line : line[..stop]).Trim(), System.Globalization.CultureInfo.InvariantCulture);
            while (filled < from + length)
                await Fill();
            Keep(from + length);
        }
        else if (head.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            int last;
            while ((last = buffer.AsSpan(from, filled - from).IndexOf("0\r\n\r\n"u8)) < 0)
                await Fill();
            Keep(from + last + 5);
        }
        else
        {
            Keep(from);
        }

        return status;
    }

    private async Task Fill()
    {
        if (filled == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
        if (read == 0)
            throw new IOException("The server closed the connection.");
        filled += read;
    }

    private void Keep(int from)
    {
        buffer.AsSpan(from, filled - from).CopyTo(buffer);
        filled -= from;
    }
}
