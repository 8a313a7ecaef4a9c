using System.Globalization;
using Hearth.Features.Moderation.Rings;
using Hearth.Features.Moderation.Scoring;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Moderation;

/// <summary>The writes of people and moderators to reports.</summary>
internal sealed class ReportActions(Writes writes, Content content, RingDecisions rings, ScorerLearning learning, TimeProvider time)
{
    private const int LongestText = 2_000;
    private static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(30);

    public async Task<Answer> Report(HttpContext http, NewReport wanted)
    {
        var ct = http.RequestAborted;
        var caller = http.Caller();
        var kind = Vocabulary.Kind("content_type", wanted.ContentType, wanted.ContentId.Text);
        var severity = Vocabulary.Severity(wanted.Reason);
        var details = Text("details", wanted.Details);
        await using var write = await writes.Begin(http);
        var about = await content.Find(write.Db, kind, wanted.ContentId.Text, ct);
        if (about.Owner == caller.UserId)
            throw Failure.Invalid("content_id", "You cannot report what is your own.");
        if ((about.IsHidden && !caller.IsModerator) || !await content.Of(kind).IsShown(write.Db, kind, about.Id, caller, ct))
            throw Failure.NotFound();
        await ReportStore.Lock(write.Db, kind, about.Id);
        if (await ReportStore.Add(write.Db, kind, about, caller.UserId, null, wanted.Reason, details, severity, hid: false))
        {
            await ReportStore.Rank(write.Db, kind, about.Id);
            write.Append(new Entry(Verb.Report, kind, about.Id) { Actor = caller.UserId, Subject = about.Owner, Value = severity });
        }

        var report = await ReportStore.OpenBy(write.Db, kind, about.Id, caller.UserId);
        return await write.Commit(Answer.Created(new ReportView(report.Uuid, report.Status, report.Priority)));
    }

    public async Task<Answer> Claim(HttpContext http, Guid id, bool take)
    {
        var caller = http.Caller();
        await using var write = await writes.Begin(http);
        var report = await Undecided(write, id, caller);
        await ReportStore.Claim(write.Db, report, take ? caller.UserId : null);
        await ReportStore.Note(write.Db, report.Id, caller.UserId, take ? "claim" : "release", null);
        return await write.Commit(Answer.Ok(new ReportView(report.Uuid, take ? "claimed" : report.Status, report.Priority)));
    }

    public async Task<Answer> Decide(HttpContext http, Guid id, NewDecision wanted)
    {
        var ct = http.RequestAborted;
        var caller = http.Caller();
        var action = Vocabulary.OneOf("action", wanted.Action, Vocabulary.Actions);
        var note = Text("note", wanted.Note);
        await using var write = await writes.Begin(http);
        var report = await Undecided(write, id, caller);
        await MustBeFit(write, report, caller);
        var lesson = await Lesson(write, report, action, ct);
        var (hid, afterwards) = await Do(write, report, action, caller, ct);
        var decided = await ReportStore.Decide(write.Db, report, action, note, caller.UserId, hid);
        foreach (var subject in await Concerned(write, report))
        {
            write.Append(new Entry(Verb.DecideReport, report.On, report.ObjectId)
            {
                Actor = caller.UserId,
                Subject = subject,
                Value = Vocabulary.Number(action),
                Detail = string.Create(CultureInfo.InvariantCulture, $$"""{"report":{{report.Id}}}"""),
            });
        }

        // Last: what is learnt is locked for everybody until the commit.
        if (lesson is var (harm, text))
            await learning.Learn(write.Db, text, harm, action != "dismiss", ct);
        var answer = await write.Commit(Answer.Ok(new DecisionView(report.Uuid, "resolved", action, note, decided)));
        afterwards?.Invoke();
        if (report.On == ObjectKind.Ring && await rings.Settle(report.ObjectId, CancellationToken.None) is > 0 and var position)
            http.Response.Headers[Position.Header] = Position.Format(position);
        return answer;
    }

    /// <param name="by">Whose decision it is; their account may be suspended by it.</param>
    public async Task<Answer> Appeal(HttpContext http, Guid id, long by, string words)
    {
        var text = Text("text", words) ?? throw Failure.Invalid("text", "This field may not be blank.");
        await using var write = await writes.Begin(http);
        var report = await Locked(write, id);
        if (!await IsAbout(write, report, by))
            throw Failure.NotFound();
        if (report.Status != "resolved" || report.Action is null or "dismiss")
            throw Failure.Conflict("There is no decision to appeal.");
        if (await WasAppealed(write, report))
            throw Failure.Conflict("This decision was appealed before.");
        await ReportStore.Appeal(write.Db, report, text);
        await ReportStore.Note(write.Db, report.Id, by, "appeal", text);
        await ReportStore.Rank(write.Db, report.On, report.ObjectId);
        write.Append(new Entry(Verb.AppealDecision, report.On, report.ObjectId) { Actor = by, Subject = by });
        return await write.Commit(Answer.Created(new ReportView(report.Uuid, "appealed", report.Priority)));
    }

    /// <returns>Whether the object is hidden by this decision, and what is to be done after the commit.</returns>
    private async Task<(bool Hid, Action? Afterwards)> Do(Write write, ReportRow report, string action, Caller caller, CancellationToken ct)
    {
        if (report.On == ObjectKind.Ring)
        {
            await rings.Do(write, report, action, caller, ct);
            return (false, null);
        }

        var on = content.Of(report.On);
        switch (action)
        {
            case "dismiss":
                // What a rule or an earlier decision did is undone; a removal cannot be.
                if (report.Hid)
                    await on.Hide(write, report.On, report.ObjectId, false, caller.UserId, ct);
                if (report.Action == "suspend")
                    await content.Of(ObjectKind.User).Hide(write, ObjectKind.User, report.Owner, false, caller.UserId, ct);
                return (false, null);
            case "hide" when report.On != ObjectKind.User:
                if (!await on.Hide(write, report.On, report.ObjectId, true, caller.UserId, ct))
                    throw Failure.Conflict("It is gone already.");
                return (true, null);
            case "remove" when report.On != ObjectKind.User:
                return (false, await on.Remove(write, report.On, report.ObjectId, caller.UserId, ct) ?? throw Failure.Conflict("It is gone already."));
            case "suspend":
                await content.Of(ObjectKind.User).Hide(write, ObjectKind.User, report.Owner, true, caller.UserId, ct);
                return (report.Hid, null);
            case "warn":
                return (report.Hid, null);
            default:
                throw Failure.Invalid("action", $"A {Vocabulary.Type(report.On)} cannot be the object of \"{action}\".");
        }
    }

    /// <returns>The text that a decision teaches the scorer about; null where it says little of the text, as a suspension or an appeal.</returns>
    private async Task<(Harm Harm, string Text)?> Lesson(Write write, ReportRow report, string action, CancellationToken ct)
    {
        Harm? harm = report.Reason switch
        {
            "spam" => Harm.Spam,
            "hate" or "harassment" => Harm.Offensive,
            _ => null,
        };
        if (harm is not { } about || report.Status != "open" || report.On == ObjectKind.User || action == "suspend")
            return null;
        return (await content.Find(write.Db, report.On, [report.ContentId], ct)).GetValueOrDefault(report.ContentId) is { } found ? (about, found.Text) : null;
    }

    private static async Task<ReportRow> Locked(Write write, Guid id)
    {
        var report = await ReportStore.Find(write.Db, id) ?? throw Failure.NotFound();
        await ReportStore.Lock(write.Db, report.On, report.ObjectId);
        return (await ReportStore.Find(write.Db, id))!;
    }

    private async Task<ReportRow> Undecided(Write write, Guid id, Caller caller)
    {
        var report = await Locked(write, id);
        if (report.Status == "resolved")
            throw Failure.Conflict("It is decided already.");
        if (report.ClaimedBy is { } by && by != caller.UserId && !caller.IsAdmin && time.GetUtcNow().UtcDateTime - report.ClaimedAt < ClaimTime)
            throw Failure.Conflict("Another moderator looks at it.");
        return report;
    }

    /// <summary>Whom a decision is about: its owner, or each member of a ring.</summary>
    private static async Task<IReadOnlyList<long>> Concerned(Write write, ReportRow report) =>
        report.On == ObjectKind.Ring ? await RingStore.Members(write.Db, report.ObjectId) : [report.Owner];

    private static async Task<bool> IsAbout(Write write, ReportRow report, long person) =>
        report.On == ObjectKind.Ring ? await RingStore.IsMember(write.Db, report.ObjectId, person) : report.Owner == person;

    private static async Task MustBeFit(Write write, ReportRow report, Caller caller)
    {
        if (await IsAbout(write, report, caller.UserId))
            throw Failure.Forbidden("Nobody decides about what is their own.");
        if (report.Status == "appealed" && report.DecidedBy == caller.UserId && !caller.IsAdmin)
            throw Failure.Forbidden("Another moderator decides an appeal.");
    }

    private static async Task<bool> WasAppealed(Write write, ReportRow report) =>
        await ReportReads.WasAppealed(write.Db, report.Id);

    private static string? Text(string field, string? text) => text?.Trim() switch
    {
        null or "" => null,
        { Length: > LongestText } => throw Failure.Invalid(field, $"Ensure this field has no more than {LongestText} characters."),
        var kept => kept,
    };
}
