using System.Text;
using Hearth.Features.Engagement.Metrics;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>Reputation: one's own, others', where it comes from, and the rules behind it.</summary>
internal static class ReputationEndpoints
{
    private const string AsOf = "2026-01-31T12:00:00Z";

    public static void MapReputation(this IEndpointRouteBuilder engagement)
    {
        engagement.MapGet("/analytics/my_reputation", Mine).RequireSignedIn().Limit(RateLimit.Reads).Produces<ReputationView>()
            .WithQuery("as_of", "A time; as things stood then.", AsOf);
        engagement.MapGet("/reputation/statement", Statement).RequireSignedIn().Limit(RateLimit.Reads).Produces<StatementView>()
            .WithQuery("user", "Somebody else, by either id; for administrators.", 1).WithQuery("user_id", "The same as `user`.", 1)
            .WithQuery("format", "The form.", "json", "json", "csv").WithCsvMark()
            .WithQuery("limit", "Points a page, at most 1,000.", Statements.Most)
            .WithQuery("cursor", "Opaque; taken from a `next` link.", "PjEyMw");
        engagement.MapGet("/reputation/{user}", Others).RequireSignedIn().Limit(RateLimit.Reads).Produces<PublicReputationView>()
            .WithQuery("as_of", "A time; as things stood then.", AsOf);
        var rules = engagement.MapGroup("/rules").RequireRole(Roles.Admin);
        rules.MapGet("", Rules).Limit(RateLimit.Reads).Produces<RuleList>();
        rules.MapPost("", Publish).Limit(RateLimit.Creates).Accepts<NewRules>("application/json").Produces<RuleView>(StatusCodes.Status201Created);
        rules.MapPost("/preview", Preview).OnlyReads().Limit(RateLimit.Creates).Accepts<NewRules>("application/json").Produces<RulePreview>();
        rules.MapPost("/{version:int}/revert", Revert).Limit(RateLimit.Creates).Produces<RuleView>()
            .WithFailure(StatusCodes.Status409Conflict, "The version is built in, or reverted already.");
    }

    /// <summary>The caller's score, level and badges; with <c>as_of</c> as they stood then.</summary>
    private static async Task<Answer> Mine(HttpContext http, ReputationReads reads) =>
        Answer.Ok(await reads.Own(http.Caller().UserId, http.QueryTime("as_of"), http.RequestAborted));

    /// <summary>Anyone's score, level and badges, by either id; with <c>as_of</c> as they stood then.</summary>
    private static async Task<Answer> Others(string user, HttpContext http, ReputationReads reads, NpgsqlDataSource source)
    {
        long id;
        await using (var db = await source.OpenConnectionAsync(http.RequestAborted))
            id = await PersonId.Find(db, user, http.RequestAborted);
        return Answer.Ok(await reads.Public(id, http.Caller(), http.QueryTime("as_of"), http.RequestAborted));
    }

    /// <summary>
    /// Every point of a score, the latest first: as JSON, up to 1,000 to a page, or with <c>format=csv</c> all of them. One's own;
    /// administrators may name a <c>user</c>.
    /// </summary>
    private static async Task<IResult> Statement(HttpContext http, Statements statements, Whose whose)
    {
        var user = await whose.Asked(http);
        if (http.QueryChoice("format", "json", "json", "csv") == "csv")
            return Table(statements, user, Csv.AskedMark(http), http.RequestAborted);
        var query = new KeysetQuery(http.QueryInt("limit", Statements.Most, 1, Statements.Most), http.QueryText("cursor") is { } text ? Cursor.Parse(text, 3) : null);
        var points = new List<StatementPoint>();
        await foreach (var point in statements.Read(user, query.Cursor, query.Take, http.RequestAborted))
            points.Add(point);
        var page = Keyset.Page(http, query, points, Statements.Key, point => point);
        return Answer.Ok(new StatementView(user, await statements.Score(user, http.RequestAborted), page.Results, page.Next, null));
    }

    /// <summary>All versions of the rules, the built-in one first.</summary>
    private static Task<Answer> Rules(HttpContext http, RuleActions actions) => actions.List(http);

    /// <summary>Publishes rules: from now on, from a time, or <c>always</c>. Scores follow at once.</summary>
    private static Task<Answer> Publish(HttpContext http, RuleActions actions) => actions.Publish(http);

    /// <summary>Who would gain and lose what by such rules; nothing changes.</summary>
    private static Task<Answer> Preview(HttpContext http, RuleActions actions) => actions.Preview(http);

    /// <summary>Takes a version back: everything is valued as if it had never been.</summary>
    private static Task<Answer> Revert(int version, HttpContext http, RuleActions actions) => actions.Revert(http, version);

    private static IResult Table(Statements statements, long user, string mark, CancellationToken ct) => Results.Stream(
        async body =>
        {
            await using var writer = new StreamWriter(body, new UTF8Encoding(false));
            await writer.WriteAsync(mark + "ledger_id,at,action,counterpart_id,counterpart,points,rule_version,capped\r\n");
            await foreach (var point in statements.Read(user, null, int.MaxValue, ct))
            {
                await writer.WriteAsync(Csv.Line(
                    Csv.Number(point.LedgerId),
                    Csv.Time(point.At),
                    point.Action,
                    Csv.Number(point.Counterpart?.Id),
                    Csv.Text(point.Counterpart?.Username),
                    Csv.Number(point.Points),
                    Csv.Number(point.RuleVersion),
                    point.Capped ? "true" : "false"));
            }
        },
        Csv.ContentType,
        "reputation-statement.csv");
}
