using Hearth.Platform;
using Hearth.SocketIO.Transport;

namespace Hearth.Realtime;

/// <summary>
/// What one client has been told of each group, so that what it missed comes once: by replay up to where it joined the group,
/// live from there on.
/// </summary>
internal sealed class CatchUp(Replay replay, Caller caller, long? since, CancellationToken ended)
{
    private const int BytesPerBundle = 32 * 1024;

    /// <summary>Per group: told up to here, and beyond while it is in it.</summary>
    private readonly Dictionary<string, (long UpTo, bool IsIn)> told = new(StringComparer.Ordinal);
    private bool over;

    /// <summary>The last event that the client has, on whichever node it got it.</summary>
    public long Since => since ?? 0;

    /// <summary>Sends what was missed of a group that is joined from the position on; or, once, that it must fetch anew.</summary>
    public async Task Send(Outlet outlet, string group, long position)
    {
        if (over)
            return;
        if (since is null || await Missed(group, position) is not { } frames)
        {
            over = true;
            outlet.Resync();
            return;
        }

        told[group] = (position, true);
        foreach (var bundle in Bundles(frames))
            outlet.SendAhead(bundle);
    }

    /// <summary>The client left the group, of which it got everything up to the position.</summary>
    public void Left(string group, long position)
    {
        if (told.TryGetValue(group, out var before))
            told[group] = (Math.Max(before.UpTo, position), false);
    }

    private Task<IReadOnlyList<byte[]>?> Missed(string group, long position)
    {
        var after = told.TryGetValue(group, out var before) ? before.UpTo : Since;
        return replay.Read(caller, group, after, position, IsTold, ended);
    }

    private bool IsTold(string group, long position) =>
        told.TryGetValue(group, out var until) && (until.IsIn || position <= until.UpTo);

    private static IEnumerable<ArraySegment<byte>> Bundles(IReadOnlyList<byte[]> frames)
    {
        using var bundle = new MemoryStream();
        foreach (var frame in frames)
        {
            bundle.Write(frame);
            if (bundle.Length < BytesPerBundle)
                continue;
            yield return bundle.ToArray();
            bundle.SetLength(0);
        }

        if (bundle.Length > 0)
            yield return bundle.ToArray();
    }
}
