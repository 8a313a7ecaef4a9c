using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Skills;

/// <summary>Downloads and ratings.</summary>
internal sealed class MarkActions(Writes writes, IScreening screening)
{
    /// <summary>Counted once per person; whoever comes again gets the same.</summary>
    public async Task<Answer> Download(HttpContext http, Guid uuid)
    {
        var ct = http.RequestAborted;
        var caller = http.Caller();
        await using var write = await writes.Begin(http);
        var (sets, position) = await MarkStore.Downloads.Set(write.Db, [new SkillMark(uuid, caller.UserId, caller.IsModerator, Wish.On)], ct);
        if (sets[0] is null)
            throw Failure.NotFound();
        write.Appended(position);
        var skill = await SkillReads.One(write.Db, Reader.Of(caller), uuid, ct);
        return await write.Commit(Answer.Ok(new DownloadView(skill.View, skill.View.Downloads)));
    }

    /// <summary>A second rating replaces the first, with its review.</summary>
    public async Task<Answer> Rate(HttpContext http, Guid uuid, RatingRequest request)
    {
        var ct = http.RequestAborted;
        var caller = http.Caller();
        if (request.Rating is < 1 or > 5)
            throw Failure.Invalid("rating", "A rating is from 1 to 5.");
        var review = request.Review is { } text ? Texts.Limited("review", text, 2_000) : null;
        await using var write = await writes.Begin(http);
        var skill = await SkillReads.Lock(write.Db, Reader.Of(caller), uuid, ct);
        foreach (var at in await RatingStore.Set(write.Db, [new Opinion(skill.Id, caller.UserId, request.Rating)], ct))
        {
            write.Append(new Entry(Verb.RateSkill, ObjectKind.Skill, skill.Id)
            {
                Actor = caller.UserId,
                Subject = skill.Author,
                Value = request.Rating,
                At = at,
            });
        }

        if (await RatingStore.Review(write.Db, skill.Id, caller.UserId, review, ct) && review is not null)
            await screening.ScreenNameless(write, ObjectKind.SkillComment, caller, "review", review, ct);
        var after = await SkillReads.One(write.Db, Reader.Of(caller), uuid, ct);
        return await write.Commit(Answer.Ok(new RatedView(after.View.Rating, request.Rating)));
    }
}
