using System.Text;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Activity;

/// <summary>The contract's three endpoints, and the export of their figures.</summary>
internal static class ActivityEndpoints
{
    public static void MapActivity(this IEndpointRouteBuilder messaging)
    {
        messaging.MapGet("/activity/recent", Recent).Limit(RateLimit.Activity)
            .WithQuery("limit", "How many; at most 100.", 10)
            .WithQuery("type", "Only these.", "conversation_reply", ActivityTypes.Names)
            .Produces<Envelope<RecentActivity>>().WithExample(200, Examples.Recent);
        messaging.MapGet("/performance/overview", Overview).Limit(RateLimit.Performance).Produces<Envelope<Performance>>().WithExample(200, Examples.Overview);
        messaging.MapGet("/performance/export", Export).Limit(RateLimit.Performance)
            .WithQuery("format", "csv or json.", "csv", "csv", "json").Produces<Envelope<MonthsView>>();
        messaging.MapGet("/activity/statistics", Statistics).Limit(RateLimit.Statistics).Produces<Envelope<ActivityStatistics>>();
    }

    /// <summary>Recent activity</summary>
    /// <remarks>Replies, campaigns, new contacts and approved templates, the latest first. Two or more contacts of one clock hour are one line.</remarks>
    private static async Task<IResult> Recent(HttpContext http, Tenants tenants, TimeProvider time)
    {
        var limit = http.QueryInt("limit", 10, 1, 100);
        var type = ActivityTypes.Parse(http.QueryChoice("type", "", ["", .. ActivityTypes.Names]) is { Length: > 0 } name ? name : null);
        await using var db = await tenants.Open(http);
        var lines = await ActivityReads.Latest(db, type, limit, time.GetUtcNow().UtcDateTime);
        var total = await ActivityReads.Count(db, type);
        return Envelope.Ok(new RecentActivity(lines, total > lines.Count, total, lines.Count(line => line.IsLive)));
    }

    /// <summary>Performance overview</summary>
    /// <remarks>Rates are per cent with one decimal. The charts show the last twelve months in the tenant's time zone; a message counts as delivered in the month in which it was sent.</remarks>
    private static async Task<IResult> Overview(HttpContext http, Tenants tenants, TimeProvider time)
    {
        await using var db = await tenants.Open(http);
        return Envelope.Ok(await PerformanceReads.Overview(db, Today(db, time)));
    }

    /// <summary>The charts' figures as a file</summary>
    private static async Task<IResult> Export(HttpContext http, Tenants tenants, TimeProvider time)
    {
        var format = http.QueryChoice("format", "csv", "csv", "json");
        await using var db = await tenants.Open(http);
        var months = await PerformanceReads.Export(db, Today(db, time));
        if (format == "json")
            return Envelope.Ok(months);
        http.Response.Headers.ContentDisposition = "attachment; filename=\"performance.csv\"";
        return new Answer(StatusCodes.Status200OK, Table(months)) { ContentType = Csv.ContentType };
    }

    /// <summary>Activity statistics</summary>
    /// <remarks>Of today, of this week since Monday and of this month, in the tenant's time zone.</remarks>
    private static async Task<IResult> Statistics(HttpContext http, Tenants tenants, TimeProvider time)
    {
        await using var db = await tenants.Open(http);
        return Envelope.Ok(await PerformanceReads.Statistics(db, Today(db, time)));
    }

    private static DateOnly Today(TenantDb db, TimeProvider time) => db.Tenant.Day(time.GetUtcNow().UtcDateTime);

    private static byte[] Table(MonthsView months)
    {
        var text = new StringBuilder("month,sent,received,messages,delivered,delivery_rate\r\n");
        foreach (var month in months.Months)
        {
            text.Append(Csv.Line(
                month.Month, Csv.Number(month.Sent), Csv.Number(month.Received), Csv.Number(month.Messages), Csv.Number(month.Delivered), ActivityWords.Number(month.DeliveryRate)));
        }

        return Csv.Bytes(text.ToString());
    }
}
