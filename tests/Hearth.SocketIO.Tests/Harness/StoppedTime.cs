namespace Hearth.SocketIO.Tests.Harness;

/// <summary>Time that passes when the test says so, and timers that never ring.</summary>
internal sealed class StoppedTime : TimeProvider
{
    private long now = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref now);

    public void Pass(TimeSpan span) => Interlocked.Add(ref now, span.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Silent();

    private sealed class Silent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
