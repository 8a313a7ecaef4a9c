using Hearth.SocketIO.Transport;

namespace Hearth.Realtime;

/// <summary>How many messages and pings a client may send: a second's worth at once. Far beyond that it is no client but a flood.</summary>
internal sealed class Pace(double factor, TimeProvider time)
{
    private const int PerSecond = 50;
    private const int FloodFactor = 20;

    private long second = time.GetTimestamp();
    private int messages;

    /// <summary>Counts one.</summary>
    /// <exception cref="FrameError">It is a flood.</exception>
    public Verdict Count()
    {
        if (factor <= 0)
            return Verdict.Fine;
        if (time.GetElapsedTime(second) >= TimeSpan.FromSeconds(1))
        {
            second = time.GetTimestamp();
            messages = 0;
        }

        messages++;
        if (messages <= PerSecond * factor)
            return Verdict.Fine;
        if (messages > PerSecond * FloodFactor * factor)
            throw new FrameError(CloseCode.Policy, "Too many messages.");
        return messages - 1 <= PerSecond * factor ? Verdict.Refused : Verdict.Ignored;
    }

    /// <summary>Refused is told once per second, Ignored is not.</summary>
    public enum Verdict
    {
        Fine,
        Refused,
        Ignored,
    }
}
