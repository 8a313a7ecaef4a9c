using System.Threading.Channels;
using Hearth.Ledger;

namespace Hearth.Realtime;

/// <summary>What was made of a stretch of the ledger; null events: they were lost, whoever listens must fetch anew.</summary>
internal readonly record struct Stretch(IReadOnlyList<Outgoing>? Events, long UpTo);

/// <summary>
/// The thread that gives events to sockets. It takes what has piled up, up to a bound, in one turn: with no backlog an event
/// goes out at once, in a burst each socket gets many events by one send.
/// </summary>
internal sealed class Sender(Hub hub) : IDisposable
{
    private const int BytesPerTurn = 32 * 1024;

    private readonly Channel<Stretch> stretches = Channel.CreateBounded<Stretch>(new BoundedChannelOptions(16) { SingleReader = true });
    private readonly PositionWaiters waiters = new();
    private Thread? thread;

    public void Start()
    {
        thread = new Thread(Run) { IsBackground = true, Name = "hearth sender" };
        thread.Start();
    }

    /// <summary>Ends when there is room for more.</summary>
    public ValueTask Send(Stretch stretch, CancellationToken ct) => stretches.Writer.WriteAsync(stretch, ct);

    /// <summary>Ends when everything up to the position has been handed to sockets.</summary>
    public Task Passed(long position) => waiters.Passed(position);

    public void Dispose() => stretches.Writer.TryComplete();

    private void Run()
    {
        var turn = new List<Outgoing>();
        while (Wait())
        {
            while (stretches.Reader.TryRead(out var stretch))
            {
                if (stretch.Events is null)
                {
                    hub.Resync(stretch.UpTo);
                    waiters.Pass(stretch.UpTo);
                    continue;
                }

                turn.AddRange(stretch.Events);
                var upTo = Gather(turn, stretch.UpTo);
                hub.Send(turn, upTo);
                turn.Clear();
                waiters.Pass(upTo);
            }
        }
    }

    /// <summary>Adds what else is there, while it fits.</summary>
    private long Gather(List<Outgoing> turn, long upTo)
    {
        var bytes = turn.Sum(item => item.Bytes.Length);
        while (bytes < BytesPerTurn && stretches.Reader.TryPeek(out var more) && more.Events is { } events && stretches.Reader.TryRead(out _))
        {
            turn.AddRange(events);
            bytes += events.Sum(item => item.Bytes.Length);
            upTo = more.UpTo;
        }

        return upTo;
    }

    /// <summary>This thread may wait: it does nothing else.</summary>
    private bool Wait() => stretches.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();
}
