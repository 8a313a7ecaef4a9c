using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>Likes skills and takes it back, for many requests together.</summary>
internal sealed class Likes : IAsyncDisposable
{
    private readonly Writes writes;
    private readonly BatchWriter<SkillMark, LikeView> writer;

    public Likes(NpgsqlDataSource source, LedgerSignal signal, Writes writes)
    {
        this.writes = writes;
        writer = new BatchWriter<SkillMark, LikeView>("skill_likes", source, signal, 2, Flush);
    }

    /// <summary>A like where there is none, none where there is one.</summary>
    public async Task<Answer> Toggle(HttpContext http, Guid skill)
    {
        var caller = http.Caller();
        var mark = new SkillMark(skill, caller.UserId, caller.IsModerator, Wish.Flip);
        return (await writes.Batched(http, writer, mark, Answer.Ok)).Answer;
    }

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    /// <summary>Of several by one person at once each turns the last one around: state and ledger get what is left of them.</summary>
    private static async Task<(IReadOnlyList<Outcome<LikeView>> Outcomes, long Position)> Flush(
        NpgsqlConnection db, IReadOnlyList<SkillMark> marks, CancellationToken ct)
    {
        var places = new Dictionary<(Guid, long), (int Place, int Times)>();
        var own = new (int Place, int Turn)[marks.Count];
        for (var i = 0; i < marks.Count; i++)
        {
            var key = (marks[i].Skill, marks[i].User);
            var (place, times) = places.TryGetValue(key, out var found) ? found : (places.Count, 0);
            places[key] = (place, times + 1);
            own[i] = (place, times + 1);
        }

        var (sets, position) = await MarkStore.Likes.Set(db, Distinct(marks, own, places), ct);
        return ([.. own.Select(one => Outcome(sets[one.Place], one.Turn))], position);
    }

    private static SkillMark[] Distinct(
        IReadOnlyList<SkillMark> marks, (int Place, int Turn)[] own, Dictionary<(Guid, long), (int Place, int Times)> places)
    {
        var distinct = new SkillMark[places.Count];
        for (var i = 0; i < marks.Count; i++)
        {
            var times = places[(marks[i].Skill, marks[i].User)].Times;
            distinct[own[i].Place] = marks[i] with { Wish = times % 2 == 1 ? Wish.Flip : Wish.Stay };
        }

        return distinct;
    }

    private static Outcome<LikeView> Outcome(MarkSet? set, int turn) => set is null
        ? new Outcome<LikeView>(new LikeView(false, 0), Failure.NotFound())
        : new Outcome<LikeView>(new LikeView(set.Was != (turn % 2 == 1), set.Count));
}
