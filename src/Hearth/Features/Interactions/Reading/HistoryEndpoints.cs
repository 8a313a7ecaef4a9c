using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>One's own interactions, a page at a time or all of them to take along.</summary>
internal static class HistoryEndpoints
{
    public static void MapHistory(this IEndpointRouteBuilder interactions)
    {
        var mine = interactions.MapGroup("").RequireSignedIn(orScope: Scopes.Interactions).Limit(RateLimit.Reads);
        mine.MapGet("/history/{userId}", History).Produces<InteractionHistory>().WithRange()
            .WithQuery("limit", "Rows a page, at most 100.", 50)
            .WithQuery("offset", "Rows to skip.", 0)
            .WithQuery("interactionType", "Only this type.", "like", InteractionTypes.Names)
            .WithQuery("includeTitles", "Whether each row has its content's title as contentTitle.", false)
            .WithExample(StatusCodes.Status200OK, new InteractionHistory([TrackEndpoints.Example], 1, 50, 0));
        mine.MapGet("/export/{userId}", Export).Produces<InteractionView[]>().WithRange()
            .WithQuery("format", "A JSON array, or a table for spreadsheets.", "json", "json", "csv")
            .WithQuery("includeMoodData", "Whether mood and its intensity come along.", true).WithCsvMark()
            .WithExample(StatusCodes.Status200OK, new[] { TrackEndpoints.Example });
        mine.MapGet("/patterns/{userId}", Patterns).Produces<PatternsView>().WithRange().WithExample(StatusCodes.Status200OK, PatternsView.Example);
        mine.MapGet("/charts/{userId}", Charts).Produces<ChartsView>().WithRange().WithExample(StatusCodes.Status200OK, ChartsView.Example);
    }

    private static RouteHandlerBuilder WithRange(this RouteHandlerBuilder route) => route
        .WithQuery("startDate", "Only what happened then or later: ISO 8601.", "2026-01-01T00:00:00Z")
        .WithQuery("endDate", "Only what happened until then; a day without a time counts to its end.", "2026-12-31");

    /// <summary>A person's interactions, the newest first. For oneself; administrators and service tokens anybody's.</summary>
    private static async Task<InteractionHistory> History(HttpContext http, string userId, NpgsqlDataSource source)
    {
        var limit = http.QueryInt("limit", 50, 1, 100);
        var offset = http.QueryInt("offset", 0, 0, int.MaxValue);
        var name = http.QueryChoice("interactionType", "", InteractionTypes.Names);
        short? type = name.Length == 0 ? null : InteractionTypes.Parse(name);
        var titles = http.QueryBool("includeTitles", false);
        var range = await InteractionRange.Asked(http, source, userId);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var total = await HistoryReads.Total(db, range, type, http.RequestAborted);
        var rows = offset < total ? await HistoryReads.Page(db, range, type, limit, offset, titles, http.RequestAborted) : [];
        return new InteractionHistory(rows, total, limit, offset);
    }

    /// <summary>What a person's interactions have in common. For oneself; administrators and service tokens anybody's.</summary>
    private static async Task<PatternsView> Patterns(HttpContext http, string userId, NpgsqlDataSource source)
    {
        var range = await InteractionRange.Asked(http, source, userId);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return await PatternReads.Of(db, range, http.RequestAborted);
    }

    /// <summary>A person's interactions counted by type, by hour of the day and by mood over time. For oneself; administrators and service tokens anybody's.</summary>
    /// <remarks>Days and hours are those of the person's time zone. All of the range counts, however much it is.</remarks>
    private static async Task<ChartsView> Charts(HttpContext http, string userId, NpgsqlDataSource source)
    {
        var range = await InteractionRange.Asked(http, source, userId);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return await ChartReads.Of(db, range, http.RequestAborted);
    }

    /// <summary>All of a person's interactions, the oldest first, streamed. For oneself; administrators and service tokens anybody's.</summary>
    /// <remarks>
    /// As CSV: the columns of the table, one line a row; cells that a spreadsheet would run as a formula begin with an apostrophe.
    /// Going away ends it.
    /// </remarks>
    private static async Task Export(HttpContext http, string userId, NpgsqlDataSource source, TimeProvider time)
    {
        var csv = http.QueryChoice("format", "json", "json", "csv") == "csv";
        var mood = http.QueryBool("includeMoodData", true);
        var mark = Csv.AskedMark(http);
        var range = await InteractionRange.Asked(http, source, userId);
        http.Response.ContentType = csv ? Csv.ContentType : "application/json; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"interactions.{(csv ? "csv" : "json")}\"";
        await new InteractionExport(source, range, mood, time).Write(http.Response.BodyWriter, csv ? mark : null, http.RequestAborted);
    }
}
