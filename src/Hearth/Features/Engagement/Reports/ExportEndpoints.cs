using System.Globalization;
using System.Text;
using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Metrics;
using Hearth.Platform;

namespace Hearth.Features.Engagement.Reports;

/// <summary>Figures to take along: as a table, as data, as a report to read.</summary>
internal static class ExportEndpoints
{
    private const string Columns =
        "day,engagements,likes,comment_likes,comments,replies,mentions,group_joins,shares,bookmarks,views,posts,points";

    public static void MapExport(this IEndpointRouteBuilder engagement) =>
        engagement.MapGet("/export", Export).RequireSignedIn().Limit(RateLimit.Reads).Produces<PersonReport>()
            .WithQuery("format", "The form.", "json", "csv", "json", "pdf")
            .WithQuery("days", "How many days, up to today (UTC); at most 366.", 30)
            .WithQuery("of", "Oneself, or for administrators the community.", "me", "me", "community")
            .WithQuery("user", "Somebody else, by either id; for administrators.", 1).WithQuery("user_id", "The same as `user`.", 1);

    /// <summary>
    /// The caller's engagement of the last <c>days</c> as <c>json</c> (the default), <c>csv</c> (a line per day) or <c>pdf</c> (a report to
    /// read). Administrators may name a <c>user</c>, or take <c>of=community</c>.
    /// </summary>
    private static async Task<Answer> Export(HttpContext http, ReportReads reads, Whose whose)
    {
        var format = http.QueryChoice("format", "json", "csv", "json", "pdf");
        var days = Days.Asked(http, Days.Month, ReportReads.MostDays);
        var caller = http.Caller();
        if (http.QueryChoice("of", "me", "me", "community") == "community")
        {
            if (!caller.IsAdmin)
                throw Failure.Forbidden();
            var community = await reads.OfCommunity(days, http.RequestAborted);
            return Written(http, format, "community", community, community.Days, () => Sheets.Of(community));
        }

        var user = await whose.Asked(http);
        var person = await reads.OfPerson(user, days, user == caller.UserId ? caller.Roles : Roles.Facilitator | Roles.Corporate, http.RequestAborted);
        return Written(http, format, "engagement", person, person.Days, () => Sheets.Of(person));
    }

    private static Answer Written<T>(HttpContext http, string format, string name, T report, IReadOnlyList<ReportDay> days, Func<Sheet> sheet)
    {
        if (format == "json")
            return Answer.Ok(report);
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{format}\"";
        return format == "csv"
            ? new Answer(StatusCodes.Status200OK, Table(days)) { ContentType = Csv.ContentType }
            : new Answer(StatusCodes.Status200OK, ReportPdf.Print(sheet())) { ContentType = "application/pdf" };
    }

    private static byte[] Table(IReadOnlyList<ReportDay> days)
    {
        var text = new StringBuilder(Columns).Append("\r\n");
        foreach (var day in days)
        {
            int[] counts =
            [
                day.Engagements, day.Likes, day.CommentLikes, day.Comments, day.Replies, day.Mentions, day.GroupJoins, day.Shares, day.Bookmarks,
                day.Views, day.Posts, day.Points,
            ];
            text.Append(Csv.Line([day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), .. counts.Select(count => Csv.Number(count))]));
        }

        return Csv.Bytes(text.ToString());
    }
}
