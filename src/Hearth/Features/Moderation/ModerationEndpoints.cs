using System.Globalization;
using Hearth.Features.Moderation.Scoring;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Moderation;

/// <summary><c>/api/v1/moderation</c>.</summary>
internal static class ModerationEndpoints
{
    private static readonly string[] States = ["open", "claimed", "appealed", "resolved"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/moderation").WithDialect(Dialect.Problem).WithTags("Moderation");
        api.MapPost("/report", Report).RequireSignedIn().Limit(RateLimit.Creates).Accepts<NewReport>("application/json").Produces<ReportView>(201);
        api.MapGet("/reports/my", Mine).RequireSignedIn().Limit(RateLimit.Reads).WithKeyset().Produces<KeysetPage<MyReportView>>();
        api.MapGet("/decisions/my", Decisions).RequireSignedIn().Limit(RateLimit.Reads).WithKeyset().Produces<KeysetPage<MyDecisionView>>();
        api.MapPost("/reports/{id:guid}/appeal", Appeal).RequireSignedIn().Limit(RateLimit.Creates).Accepts<NewAppeal>("application/json")
            .Produces<ReportView>(201).WithFailure(409, "There is no decision to appeal, or it was appealed before.");
        api.MapPost("/suspension", Suspension).AllowAnyone().Limit(RateLimit.Logins).Accepts<AppealToken>("application/json").Produces<MyDecisionView>()
            .WithFailure(401, "The token does not hold, or the account is not suspended.");
        api.MapPost("/suspension/appeal", AppealSuspension).AllowAnyone().Limit(RateLimit.Logins).Accepts<SuspensionAppeal>("application/json")
            .Produces<ReportView>(201).WithFailure(401, "The token does not hold, or the account is not suspended.")
            .WithFailure(409, "There is no decision to appeal, or it was appealed before.");
        api.MapGet("/health", Health).AllowAnyone().Limit(RateLimit.None).Produces<ModerationHealth>().Produces<ModerationHealth>(503);

        var queue = api.MapGroup("").RequireRole(Roles.Moderator);
        queue.MapGet("/queue", Queue).Limit(RateLimit.Reads).WithKeyset().WithQuery("status", "Only those in this state; else all that wait.", "open", States)
            .Produces<KeysetPage<QueueItem>>();
        queue.MapGet("/reports/{id:guid}", One).Limit(RateLimit.Reads).Produces<ReportHistory>();
        queue.MapPost("/reports/{id:guid}/claim", Claim).Limit(RateLimit.Reads).Produces<ReportView>().WithFailure(409, "Another moderator looks at it, or it is decided.");
        queue.MapDelete("/reports/{id:guid}/claim", Release).Limit(RateLimit.Reads).Produces<ReportView>().WithFailure(409, "Another moderator looks at it, or it is decided.");
        queue.MapPost("/reports/{id:guid}/review", Decide).Limit(RateLimit.Reads).Accepts<NewDecision>("application/json").Produces<DecisionView>()
            .WithFailure(409, "Another moderator looks at it, or it is decided, or gone.");
        queue.MapGet("/stats", Stats).Limit(RateLimit.Reads).Produces<ModerationStats>();
        queue.MapGet("/auto-rules", Rules).Limit(RateLimit.Reads).Produces<AutoRuleList>();
        queue.MapPost("/auto-rules", AddRule).Limit(RateLimit.Creates).Accepts<NewRule>("application/json").Produces<AutoRuleView>(201);
        queue.MapPatch("/auto-rules/{id:guid}", ChangeRule).Limit(RateLimit.Creates).Accepts<RuleChange>("application/json").Produces<AutoRuleView>();
        queue.MapDelete("/auto-rules/{id:guid}", RemoveRule).Limit(RateLimit.Creates).Produces(204);
        queue.MapPost("/void", Void).Limit(RateLimit.Creates).Accepts<NewVoid>("application/json").Produces<VoidView>(201);
        queue.MapDelete("/void/{id:long}", Restore).Limit(RateLimit.Creates).Produces<VoidView>().WithFailure(409, "It belongs to the erasure of an account.");
    }

    /// <summary>Report something</summary>
    /// <remarks>One open report of each person about an object: a second one answers the first.</remarks>
    private static async Task<IResult> Report(HttpContext http, ReportActions actions) => await actions.Report(http, await Body.Read<NewReport>(http));

    /// <summary>My reports, the latest first</summary>
    private static async Task<IResult> Mine(HttpContext http, NpgsqlDataSource source)
    {
        var page = http.KeysetQuery(1);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var rows = await ReportReads.OfReporter(db, http.Caller().UserId, page);
        return Answer.Ok(Keyset.Page(http, page, rows, row => Key(row.Key), row => new MyReportView(
            row.Id, Vocabulary.Type((ObjectKind)row.Kind), row.ContentId, row.Reason, row.Details, row.Status, row.Action, row.CreatedAt, row.DecidedAt)));
    }

    /// <summary>What moderators decided about mine, the latest first</summary>
    private static async Task<IResult> Decisions(HttpContext http, NpgsqlDataSource source)
    {
        var page = http.KeysetQuery(1);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var rows = await ReportReads.OfOwner(db, http.Caller().UserId, page);
        return Answer.Ok(Keyset.Page(http, page, rows, row => Key(row.Key), row => new MyDecisionView(
            row.Id, Vocabulary.Type((ObjectKind)row.Kind), row.ContentId, row.Reason, row.Action, row.Note, row.CanAppeal, row.DecidedAt)));
    }

    /// <summary>Appeal a decision</summary>
    /// <remarks>Once, by whose it is about. Another moderator, or an administrator, decides.</remarks>
    private static async Task<IResult> Appeal(HttpContext http, Guid id, ReportActions actions) => await actions.Appeal(http, id, http.Caller().UserId, (await Body.Read<NewAppeal>(http)).Text);

    /// <summary>Why my account is suspended</summary>
    /// <remarks>With the <c>appeal_token</c> that a refused sign-in answers: it holds half an hour, for this and for the appeal alone. Ten a minute.</remarks>
    private static async Task<IResult> Suspension(HttpContext http, SuspensionActions actions) => await actions.Read(http, await Body.Read<AppealToken>(http));

    /// <summary>Appeal the suspension of my account</summary>
    /// <remarks>Once, with the <c>appeal_token</c> that a refused sign-in answers. Another moderator, or an administrator, decides. Ten a minute.</remarks>
    private static async Task<IResult> AppealSuspension(HttpContext http, SuspensionActions actions) =>
        await actions.Appeal(http, await Body.Read<SuspensionAppeal>(http));

    /// <summary>What waits for a decision</summary>
    /// <remarks>By priority: 12 points per step of the worst reason's severity (1 to 5), and 20 for each doubling of 1 + the sum of the reporters' credibility
    /// ((upheld + 2) / (decided + 4)), at most 100.</remarks>
    private static async Task<IResult> Queue(HttpContext http, NpgsqlDataSource source, Content content, TextScorer scorer)
    {
        var page = http.KeysetQuery(2);
        var status = http.QueryText("status") is { } asked ? Vocabulary.OneOf("status", asked, States) : null;
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var rows = await ReportReads.Queue(db, status, page);
        var items = await QueueItems.Of(db, content, scorer, rows, http.RequestAborted);
        return Answer.Ok(Keyset.Page(
            http, page, rows, row => [row.Priority.ToString(CultureInfo.InvariantCulture), row.Key.ToString(CultureInfo.InvariantCulture)], row => items[row.Id]));
    }

    /// <summary>A report and everything that was done about it</summary>
    private static async Task<IResult> One(HttpContext http, Guid id, NpgsqlDataSource source, Content content, TextScorer scorer)
    {
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var row = await ReportReads.One(db, id) ?? throw Failure.NotFound();
        var items = await QueueItems.Of(db, content, scorer, [row], http.RequestAborted);
        var actions = await ReportReads.Actions(db, row.Key);
        return Answer.Ok(new ReportHistory(items[row.Id], actions.ConvertAll(one =>
            new ActionView(one.ById is { } by ? new PersonView(by, one.By!) : null, one.Action, one.Note, one.At))));
    }

    /// <summary>Claim a report</summary>
    /// <remarks>For half an hour nobody else but an administrator decides it.</remarks>
    private static async Task<IResult> Claim(HttpContext http, Guid id, ReportActions actions) => await actions.Claim(http, id, take: true);

    /// <summary>Give a claim back</summary>
    private static async Task<IResult> Release(HttpContext http, Guid id, ReportActions actions) => await actions.Claim(http, id, take: false);

    /// <summary>Decide a report</summary>
    /// <remarks>Decides all open reports of the object. <c>dismiss</c> undoes what a rule or an appealed decision did; <c>suspend</c> takes its owner's account out of
    /// use at once. The owner is told of everything but a dismissal. Of a ring, <c>void</c> takes back its members' reactions to each other, and <c>suspend</c> does that
    /// and takes their accounts out of use.</remarks>
    private static async Task<IResult> Decide(HttpContext http, Guid id, ReportActions actions) => await actions.Decide(http, id, await Body.Read<NewDecision>(http));

    /// <summary>How moderation fares</summary>
    private static async Task<IResult> Stats(HttpContext http, NpgsqlDataSource source, ScorerLearning learning)
    {
        // Before a connection is held: it takes one of its own.
        var scorer = await learning.Record(http.RequestAborted);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var rules = (await RuleStore.All(db)).Count(rule => rule.IsActive);
        return Answer.Ok(await StatsReads.Read(db, rules, [.. scorer.Select(one => new ScorerStats(one.Harm == Harm.Spam ? "spam" : "offensive", one.Decisions, one.Precision, one.Recall, one.Abstained))]));
    }

    /// <summary>The rules that look at every text</summary>
    private static async Task<IResult> Rules(HttpContext http, NpgsqlDataSource source)
    {
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return Answer.Ok(await RuleActions.All(db));
    }

    /// <summary>Add a rule</summary>
    /// <remarks>It looks at what is written or edited from now on.</remarks>
    private static async Task<IResult> AddRule(HttpContext http, RuleActions actions) => await actions.Add(http, await Body.Read<NewRule>(http));

    /// <summary>Change a rule</summary>
    private static async Task<IResult> ChangeRule(HttpContext http, Guid id, RuleActions actions) => await actions.Change(http, id, await Body.Read<RuleChange>(http));

    /// <summary>Remove a rule</summary>
    private static async Task<IResult> RemoveRule(HttpContext http, Guid id, RuleActions actions) => await actions.Remove(http, id);

    /// <summary>Make rows of the ledger count no more</summary>
    /// <remarks>Those of a person, or those named; everything settles as if they had not been. More than 10,000 rows need <c>confirm</c>.</remarks>
    private static async Task<IResult> Void(HttpContext http, Voids voids, Writes writes)
    {
        var wanted = await Body.Read<NewVoid>(http);
        return await VoidActions.Make(http, voids, writes, wanted);
    }

    /// <summary>Make everything of a void count again</summary>
    private static async Task<IResult> Restore(HttpContext http, long id, Voids voids, NpgsqlDataSource source) => await VoidActions.Restore(http, voids, source, id);

    /// <summary>Is moderation up?</summary>
    private static async Task<IResult> Health(HttpContext http, NpgsqlDataSource source, RuleBook book)
    {
        try
        {
            await using var db = await source.OpenConnectionAsync(http.RequestAborted);
            return Answer.Ok(new ModerationHealth("healthy", await StatsReads.Waiting(db), book.Count));
        }
        catch (NpgsqlException)
        {
            return Answer.Of(StatusCodes.Status503ServiceUnavailable, new ModerationHealth("unhealthy", null, book.Count));
        }
    }

    private static string[] Key(long id) => [id.ToString(CultureInfo.InvariantCulture)];
}
