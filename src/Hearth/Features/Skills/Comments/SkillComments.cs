using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Skills;

/// <param name="Text">At most 5,000 characters.</param>
/// <param name="Parent">The comment of the same skill that this one answers.</param>
internal sealed record SkillCommentRequest(string? Text, Guid? Parent = null);

/// <param name="Text">At most 5,000 characters.</param>
internal sealed record SkillCommentEdit(string? Text);

/// <summary>An answer to a comment, at any depth.</summary>
/// <param name="Parent">What it answers.</param>
internal sealed record SkillReplyView(Guid Id, SkillAuthor Author, Guid? Parent, string Text, DateTime CreatedAt, DateTime UpdatedAt);

/// <summary>A comment.</summary>
/// <param name="Parent">What it answers; null where that is the skill itself.</param>
/// <param name="ReplyCount">How many hang under a comment that answers the skill itself.</param>
/// <param name="Replies">The first three of them, the oldest first; <c>?parent=</c> lists all.</param>
internal sealed record SkillCommentView(
    Guid Id,
    SkillAuthor Author,
    Guid? Parent,
    string Text,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    int ReplyCount,
    IReadOnlyList<SkillReplyView> Replies);

/// <summary>The writes to comments on skills. The skill is locked first, so that its counters and the thread agree.</summary>
internal sealed class SkillComments(Writes writes, IScreening screening)
{
    public async Task<Answer> Create(HttpContext http, Guid uuid, SkillCommentRequest request)
    {
        var ct = http.RequestAborted;
        var caller = http.Caller();
        var text = Texts.Required("text", request.Text ?? throw Failure.Invalid("text", "This field is required."), 5_000);
        await using var write = await writes.Begin(http);
        var skill = await SkillReads.Lock(write.Db, Reader.Of(caller), uuid, ct);
        var parent = request.Parent is { } named ? await Parent(write, Reader.Of(caller), skill, named, ct) : null;
        var (id, view) = await SkillCommentStore.Add(write.Db, skill.Id, caller.UserId, parent, text, ct);
        write.Append(parent is null
            ? Entry(Verb.CommentSkill, id, skill, caller.UserId, skill.Author, null)
            : Entry(Verb.ReplySkillComment, id, skill, caller.UserId, parent.Author, parent));
        await SkillMentions.Append(write, skill.Id, id, caller.UserId, "", text, ct);
        await screening.Screen(write, ObjectKind.SkillComment, id, view.Id.ToString(), caller.UserId, "text", text, ct);
        return await write.Commit(Answer.Created(view));
    }

    /// <summary>By its author alone.</summary>
    public async Task<Answer> Edit(HttpContext http, Guid uuid, Guid named, SkillCommentEdit request)
    {
        var ct = http.RequestAborted;
        var caller = http.Caller();
        var text = Texts.Required("text", request.Text ?? throw Failure.Invalid("text", "This field is required."), 5_000);
        await using var write = await writes.Begin(http);
        var skill = await SkillReads.Lock(write.Db, Reader.Of(caller), uuid, ct);
        var comment = await SkillCommentStore.Lock(write.Db, Reader.Of(caller), skill.Id, named, ct) ?? throw Failure.NotFound();
        if (caller.UserId != comment.Author)
            throw Failure.Forbidden("Only its author may change a comment.");
        if (await SkillCommentStore.Edit(write.Db, comment.Id, text, ct))
        {
            write.Append(Entry(Verb.EditSkill, comment.Id, skill, caller.UserId, comment.Author, null));
            await SkillMentions.Append(write, skill.Id, comment.Id, comment.Author, comment.Text, text, ct);
            if (!comment.IsHidden)
                await screening.Screen(write, ObjectKind.SkillComment, comment.Id, named.ToString(), caller.UserId, "text", text, ct);
        }

        return await write.Commit(Answer.Ok(await SkillCommentReads.One(write.Db, Reader.Of(caller), comment.Id, ct)));
    }

    /// <summary>By its author, by the skill's, or by a moderator; its replies go, too.</summary>
    public async Task<Answer> Delete(HttpContext http, Guid uuid, Guid named)
    {
        var ct = http.RequestAborted;
        var caller = http.Caller();
        await using var write = await writes.Begin(http);
        var skill = await SkillReads.Lock(write.Db, Reader.Of(caller), uuid, ct);
        var comment = await SkillCommentStore.Lock(write.Db, Reader.Of(caller), skill.Id, named, ct) ?? throw Failure.NotFound();
        if (caller.UserId != comment.Author && caller.UserId != skill.Author && !caller.IsModerator)
            throw Failure.Forbidden();
        await SkillCommentStore.Remove(write, comment, caller.UserId, ct);
        return await write.Commit(Answer.NoContent);
    }

    private static async Task<SkillCommentRow> Parent(Write write, Reader reader, SkillRow skill, Guid named, CancellationToken ct) =>
        await SkillCommentStore.Lock(write.Db, reader, skill.Id, named, ct) ?? throw Failure.Invalid("parent", "The skill has no such comment.");

    private static Entry Entry(Verb verb, long id, SkillRow skill, long actor, long subject, SkillCommentRow? parent) => new(verb, ObjectKind.SkillComment, id)
    {
        Actor = actor,
        Subject = subject,
        Detail = parent is null ? SkillDetail.Of(skill.Id) : SkillDetail.OfReply(skill.Id, parent.Id, skill.Author),
    };
}
