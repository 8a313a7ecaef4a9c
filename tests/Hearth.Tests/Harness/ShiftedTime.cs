namespace Hearth.Tests.Harness;

/// <summary>The real time and as much more as a test says: what happens after a minute or a month is seen at once.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long shift;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref shift));

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Interlocked.Read(ref shift);

    public void Advance(TimeSpan by) => Interlocked.Add(ref shift, by.Ticks);
}
