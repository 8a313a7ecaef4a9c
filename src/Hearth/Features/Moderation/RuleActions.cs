using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Moderation;

/// <summary>The writes to rules; every node reads them anew once the ledger says so.</summary>
internal sealed class RuleActions(Writes writes, RuleBook book)
{
    public async Task<Answer> Add(HttpContext http, NewRule wanted)
    {
        var rule = Rule.Checked(new RuleRow
        {
            Name = wanted.Name,
            Keywords = [.. wanted.Keywords ?? []],
            Pattern = wanted.Pattern,
            Scorer = wanted.Scorer,
            Threshold = wanted.Threshold,
            ContentTypes = Kinds(wanted.ContentTypes),
            Action = wanted.Action,
            Severity = (short)Math.Clamp(wanted.Severity, 0, 6),
        });
        await using var write = await writes.Begin(http);
        var added = await RuleStore.Add(write.Db, rule, http.Caller().UserId);
        return await Commit(write, http, Answer.Created(added.View()));
    }

    public async Task<Answer> Change(HttpContext http, Guid id, RuleChange change)
    {
        await using var write = await writes.Begin(http);
        var before = await RuleStore.Lock(write.Db, id) ?? throw Failure.NotFound();
        var after = Rule.Checked(before with
        {
            Name = change.Name.Or(before.Name),
            Keywords = change.Keywords.IsSet ? [.. change.Keywords.Value] : before.Keywords,
            Pattern = change.Pattern.Or(before.Pattern),
            Scorer = change.Scorer.Or(before.Scorer),
            // Another harm has another threshold, and none has none.
            Threshold = change.Threshold.IsSet ? change.Threshold.Value : change.Scorer.Or(before.Scorer) == before.Scorer ? before.Threshold : null,
            ContentTypes = change.ContentTypes.IsSet ? Kinds(change.ContentTypes.Value) : before.ContentTypes,
            Action = change.Action.Or(before.Action),
            Severity = (short)Math.Clamp(change.Severity.Or(before.Severity), 0, 6),
            IsActive = change.IsActive.Or(before.IsActive),
        });
        await RuleStore.Change(write.Db, after);
        return await Commit(write, http, Answer.Ok(after.View()));
    }

    public async Task<Answer> Remove(HttpContext http, Guid id)
    {
        await using var write = await writes.Begin(http);
        if (!await RuleStore.Remove(write.Db, id))
            throw Failure.NotFound();
        return await Commit(write, http, Answer.NoContent);
    }

    public static async Task<AutoRuleList> All(NpgsqlConnection db) => new([.. (await RuleStore.All(db)).Select(row => row.View())]);

    private async Task<Answer> Commit(Write write, HttpContext http, Answer answer)
    {
        write.Append(new Entry(Verb.ChangeModerationRules, ObjectKind.ModerationRules, 0) { Actor = http.Caller().UserId });
        var committed = await write.Commit(answer);
        book.Forget();
        return committed;
    }

    private static short[] Kinds(IReadOnlyList<string> types) =>
        [.. types.Select(type => (short)Vocabulary.Kind("content_types", type)).Distinct()];
}
