using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>What administrators do with the reputation rules: publish, try, revert. A publication is a row of the ledger; reverting voids it.</summary>
internal sealed class RuleActions(Writes writes, NpgsqlDataSource source, TimeProvider time)
{
    public async Task<Answer> Publish(HttpContext http)
    {
        var body = await Body.Read<NewRules>(http);
        var caller = http.Caller();
        await using var write = await writes.Begin(http);
        // One after the other: what a body leaves out is taken from the version before.
        await using (var turn = new NpgsqlCommand("select pg_advisory_xact_lock(53, 0)", write.Db))
            await turn.ExecuteNonQueryAsync(http.RequestAborted);
        var rules = RuleBodies.Complete(body, await Latest(write.Db, http.RequestAborted), 0, Now);
        var (version, at) = await RuleStore.Insert(write.Db, rules, caller.UserId, http.RequestAborted);
        rules = rules with { Version = version };
        write.Append(new Entry(Verb.PublishRules, ObjectKind.Rules, version) { Actor = caller.UserId, Detail = rules.ToDetail() });
        return await write.Commit(Answer.Created(RuleBodies.View(rules, rules.From <= Now, at, caller.UserId)));
    }

    public async Task<Answer> Preview(HttpContext http)
    {
        var body = await Body.Read<NewRules>(http);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var published = (await RuleStore.List(db, http.RequestAborted)).FindAll(one => one.RevertedAt is null).ConvertAll(one => one.Rules);
        var latest = published.LastOrDefault() ?? RuleSet.BuiltIn;
        var rules = RuleBodies.Complete(body, latest, latest.Version + 1, Now);
        await using var transaction = await db.BeginTransactionAsync(http.RequestAborted);
        // It values everything since the rules' date: an administrator waits for that now and then.
        await using (var patience = new NpgsqlCommand("set local statement_timeout = 0", db))
            await patience.ExecuteNonQueryAsync(http.RequestAborted);
        return Answer.Ok(await RuleStore.Preview(db, new RuleTimeline([.. published, rules]), rules.From, http.RequestAborted));
    }

    public async Task<Answer> Revert(HttpContext http, int version)
    {
        if (version == RuleSet.BuiltIn.Version)
            throw Failure.Conflict("The built-in rules cannot be reverted.");
        var caller = http.Caller();
        await using var write = await writes.Begin(http);
        var row = await RuleStore.Row(write.Db, version, http.RequestAborted) ?? throw Failure.NotFound();
        if (!await RuleStore.Revert(write.Db, version, caller.UserId, http.RequestAborted))
            throw Failure.Conflict("This version is reverted already.");
        write.Append(new Entry(Verb.Void, ObjectKind.Rules, version) { Actor = caller.UserId, Voids = row });
        var list = await RuleStore.List(write.Db, http.RequestAborted);
        return await write.Commit(Answer.Ok(Views(list).First(view => view.Version == version)));
    }

    public async Task<Answer> List(HttpContext http)
    {
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return Answer.Ok(new RuleList(Views(await RuleStore.List(db, http.RequestAborted)), null, null));
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static async Task<RuleSet> Latest(NpgsqlConnection db, CancellationToken ct) =>
        (await RuleStore.List(db, ct)).FindLast(one => one.RevertedAt is null)?.Rules ?? RuleSet.BuiltIn;

    private List<RuleView> Views(List<PublishedRules> published)
    {
        var current = new RuleTimeline(published.FindAll(one => one.RevertedAt is null).ConvertAll(one => one.Rules)).At(Now).Version;
        var views = new List<RuleView> { RuleBodies.View(RuleSet.BuiltIn, current == RuleSet.BuiltIn.Version) };
        views.AddRange(published.Select(one => RuleBodies.View(one.Rules, one.Rules.Version == current, one.At, one.By, one.RevertedAt)));
        return views;
    }
}
