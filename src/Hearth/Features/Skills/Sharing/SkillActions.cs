using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Skills;

/// <summary>The writes to what a skill says.</summary>
internal sealed class SkillActions(Writes writes, IScreening screening)
{
    public async Task<Answer> Share(HttpContext http, SkillRequest request)
    {
        var ct = http.RequestAborted;
        var caller = http.Caller();
        var draft = SkillDraft.New(request);
        await using var write = await writes.Begin(http);
        await SkillWriteStore.LearnWords(write.Db, draft, ct);
        var (id, uuid) = await SkillWriteStore.Add(write.Db, caller.UserId, draft, ct);
        var skill = await SkillReads.One(write.Db, Reader.Of(caller), uuid, ct);
        write.Append(Entry(Verb.ShareSkill, id, caller.UserId, draft));
        await Screen(write, id, uuid, caller.UserId, draft, ct);
        return await write.Commit(Answer.Created(skill.View) with { Location = $"/api/v1/social/skills/{uuid}" });
    }

    public async Task<Answer> Edit(HttpContext http, Guid uuid, SkillRequest request)
    {
        var ct = http.RequestAborted;
        var caller = http.Caller();
        await using var write = await writes.Begin(http);
        var before = await Own(write, caller, uuid, ct);
        var old = Draft(before.View);
        var draft = old.With(request);
        if (!Same(old, draft))
        {
            await SkillWriteStore.LearnWords(write.Db, draft, ct);
            await SkillWriteStore.Edit(write.Db, before.Id, draft, ct);
            write.Append(Entry(Verb.EditSkill, before.Id, caller.UserId, draft));
            await Screen(write, before.Id, uuid, caller.UserId, draft, ct);
        }

        var after = await SkillReads.One(write.Db, Reader.Of(caller), uuid, ct);
        return await write.Commit(Answer.Ok(after.View));
    }

    public async Task<Answer> Delete(HttpContext http, Guid uuid)
    {
        var caller = http.Caller();
        await using var write = await writes.Begin(http);
        var skill = await Own(write, caller, uuid, http.RequestAborted);
        await SkillWriteStore.Remove(write, skill.Id, skill.Author, caller.UserId, http.RequestAborted);
        return await write.Commit(Answer.NoContent);
    }

    private Task Screen(Write write, long id, Guid uuid, long author, SkillDraft draft, CancellationToken ct) =>
        screening.Screen(write, ObjectKind.Skill, id, uuid.ToString(), author, "description", draft.Text, ct);

    /// <summary>Value is the visibility, so that readers of the ledger know whose business it is.</summary>
    private static Entry Entry(Verb verb, long id, long author, SkillDraft draft) =>
        new(verb, ObjectKind.Skill, id) { Actor = author, Subject = author, Value = draft.Visibility };

    private static async Task<SkillRow> Own(Write write, Caller caller, Guid uuid, CancellationToken ct)
    {
        var skill = await SkillReads.Lock(write.Db, Reader.Of(caller), uuid, ct);
        return skill.Author == caller.UserId ? skill : throw Failure.Forbidden("Only its author may change a skill.");
    }

    private static SkillDraft Draft(SkillView view) => new(
        view.Title,
        view.Description,
        view.Category,
        Array.IndexOf(SkillDraft.Difficulties, view.Difficulty) + 1,
        view.Tags,
        view.Days,
        Array.IndexOf(SkillDraft.Visibilities, view.Visibility) + 1);

    private static bool Same(SkillDraft one, SkillDraft other) =>
        one with { Tags = other.Tags, Days = other.Days } == other
        && one.Tags.SequenceEqual(other.Tags, StringComparer.Ordinal)
        && one.Days.SequenceEqual(other.Days, SameDay.Instance);

    private sealed class SameDay : IEqualityComparer<SkillDay>
    {
        public static readonly SameDay Instance = new();

        public bool Equals(SkillDay? x, SkillDay? y) =>
            x?.Day == y?.Day && x?.Title == y?.Title && (x?.Tasks ?? []).SequenceEqual(y?.Tasks ?? [], StringComparer.Ordinal);

        public int GetHashCode(SkillDay obj) => obj.Day;
    }
}
