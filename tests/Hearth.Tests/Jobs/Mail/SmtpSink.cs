using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Hearth.Tests.Jobs.Mail;

/// <summary>What a mail server does with the next mail.</summary>
internal enum Mood
{
    Accept,

    /// <summary>451: try again later.</summary>
    Refuse,

    /// <summary>550: no such person.</summary>
    Unknown,

    /// <summary>The connection breaks in the middle of the text.</summary>
    Break,

    /// <summary>The mail is taken, and the connection breaks before the sender hears of it.</summary>
    TakeAndBreak,
}

/// <summary>A mail server on loopback that keeps what it is given, in the mood that a test says.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<Mood> moods = new();
    private readonly ConcurrentDictionary<string, Mood> moodsTo = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<MimeMessage> taken = new();
    private readonly ConcurrentBag<Task> sessions = [];
    private readonly Task accepting;
    private int connections;

    public SmtpSink()
    {
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Every mail that was taken, in order.</summary>
    public IReadOnlyList<MimeMessage> Taken => [.. taken];

    public int Connections => Volatile.Read(ref connections);

    /// <summary>Its mood when no other was said for the next mail.</summary>
    public Mood Usually { get; set; } = Mood.Accept;

    /// <summary>The moods of the next mails, one each; afterwards it is as usual.</summary>
    public void Next(params ReadOnlySpan<Mood> next)
    {
        foreach (var mood in next)
            moods.Enqueue(mood);
    }

    /// <summary>Its mood for the next mail to an address, whatever other mails come between.</summary>
    public void NextTo(string address, Mood mood) => moodsTo[address] = mood;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await accepting;
        await Task.WhenAll(sessions);
        listener.Stop();
        stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref connections);
                sessions.Add(Session(client));
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private async Task Session(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 sink.example.org");
            var mood = Usually;
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                if (verb == "RCPT")
                    mood = MoodFor(line);
                if (!await Command(verb, mood, reader, writer))
                    return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return;
        }
    }

    private Mood MoodFor(string recipient)
    {
        var address = recipient[(recipient.IndexOf('<', StringComparison.Ordinal) + 1)..].Split('>')[0];
        return moodsTo.TryRemove(address, out var mood) || moods.TryDequeue(out mood) ? mood : Usually;
    }

    private async Task<bool> Command(string verb, Mood mood, StreamReader reader, StreamWriter writer)
    {
        switch (verb)
        {
            case "EHLO":
                await writer.WriteLineAsync("250-sink.example.org\r\n250-PIPELINING\r\n250 8BITMIME");
                return true;
            case "RCPT" when mood is Mood.Refuse or Mood.Unknown:
                await writer.WriteLineAsync(mood == Mood.Refuse ? "451 4.7.1 Later, please" : "550 5.1.1 No such person");
                return true;
            case "DATA":
                return await Data(mood, reader, writer);
            case "QUIT":
                await writer.WriteLineAsync("221 bye");
                return false;
            default:
                await writer.WriteLineAsync("250 ok");
                return true;
        }
    }

    private async Task<bool> Data(Mood mood, StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync("354 go on");
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(stop.Token) is var line && line != ".")
        {
            if (line is null || mood == Mood.Break)
                return false;
            text.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");
        }

        taken.Enqueue(await MimeMessage.LoadAsync(new MemoryStream(Encoding.Latin1.GetBytes(text.ToString())), stop.Token));
        if (mood == Mood.TakeAndBreak)
            return false;
        await writer.WriteLineAsync("250 taken");
        return true;
    }
}
