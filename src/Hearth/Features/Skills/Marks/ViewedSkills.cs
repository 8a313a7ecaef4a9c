using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>
/// Reads of one skill, which count as views: behind the answer, which shows the state before it; with <c>Prefer: wait</c> first, and
/// the answer shows them counted. A HEAD request shows nothing and counts nothing.
/// </summary>
internal sealed partial class ViewedSkills : IAsyncDisposable
{
    private const int MostWaiting = 10_000;

    private readonly NpgsqlDataSource source;
    private readonly Writes writes;
    private readonly ILogger<ViewedSkills> log;
    private readonly BatchWriter<SkillMark, bool> writer;
    private int waiting;

    public ViewedSkills(NpgsqlDataSource source, LedgerSignal signal, Writes writes, ILogger<ViewedSkills> log)
    {
        this.source = source;
        this.writes = writes;
        this.log = log;
        writer = new BatchWriter<SkillMark, bool>("skill_views", source, signal, 1, Flush);
    }

    public async Task<SkillView> One(HttpContext http, Guid uuid)
    {
        var caller = http.Caller();
        var skill = await Read(http, caller, uuid);
        if (skill.Viewed || http.IsHead() || caller.UserId == 0)
            return skill.View;
        var view = new SkillMark(uuid, caller.UserId, caller.IsModerator, Wish.On);
        if (!http.PrefersToWait())
        {
            if (Volatile.Read(ref waiting) < MostWaiting)
                _ = Behind(view);
            return skill.View;
        }

        var (_, position) = await writer.Add(view, http.RequestAborted);
        http.Waited();
        await writes.Positioned(http, position);
        return (await Read(http, caller, uuid)).View;
    }

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private async Task<SkillRow> Read(HttpContext http, Caller caller, Guid uuid)
    {
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return await SkillReads.One(db, Reader.Of(caller), uuid, http.RequestAborted);
    }

    private async Task Behind(SkillMark view)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            await writer.Add(view);
        }
        catch (Exception e)
        {
            LogLost(log, e.Message);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private static async Task<(IReadOnlyList<Outcome<bool>> Outcomes, long Position)> Flush(
        NpgsqlConnection db, IReadOnlyList<SkillMark> views, CancellationToken ct)
    {
        var (_, position) = await MarkStore.Views.Set(db, [.. views.Distinct()], ct);
        return ([.. views.Select(_ => new Outcome<bool>(true))], position);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A view of a skill is not counted yet, the next look tries again: {Reason}")]
    private static partial void LogLost(ILogger log, string reason);
}
