using System.IO.Pipelines;

namespace Hearth.Tests.Harness;

/// <summary>Counts what goes to another writer.</summary>
internal sealed class CountingWriter(PipeWriter inner) : PipeWriter
{
    public long Written { get; private set; }

    public override void Advance(int bytes)
    {
        Written += bytes;
        inner.Advance(bytes);
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);
}
