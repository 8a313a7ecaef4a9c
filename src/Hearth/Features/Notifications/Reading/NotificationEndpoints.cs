using System.Globalization;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Notifications.Reading;

internal static class NotificationEndpoints
{
    /// <summary>My notifications, the latest first</summary>
    /// <remarks><c>limit</c> 20, at most 100; <c>read=true|false</c> for those alone.</remarks>
    public static async Task<IResult> Mine(HttpContext http, NpgsqlDataSource source)
    {
        var limit = http.QueryInt("limit", 20, 1, 100);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var shown = await NotificationReads.List(
            db, http.Caller().UserId, ReadFilter(http), null, new KeysetQuery(limit - 1, null), http.RequestAborted);
        return Answer.Ok(new EngagementNotifications([.. shown.Select(EngagementNotification.Of)]));
    }

    /// <summary>Mark notifications as read</summary>
    /// <remarks>Ids that are not the caller's change nothing; <c>marked_read</c> counts those that were unread.</remarks>
    public static async Task<IResult> MarkRead(HttpContext http, MarkActions actions) =>
        await actions.MarkRead(http, (await Body.Read<MarkReadRequest>(http)).NotificationIds);

    /// <summary>My notifications, the latest first</summary>
    /// <remarks><c>read=true|false</c> and <c>type</c> filter.</remarks>
    public static async Task<IResult> List(HttpContext http, NpgsqlDataSource source)
    {
        NotificationType? type = null;
        if (http.QueryText("type") is { } name)
            type = NotificationTypes.TryParse(name, out var known) ? known : throw Failure.Invalid("type", $"\"{name}\" is not a valid choice.");
        var page = http.KeysetQuery(1);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var shown = await NotificationReads.List(db, http.Caller().UserId, ReadFilter(http), type, page, http.RequestAborted);
        return Answer.Ok(Keyset.Page(http, page, shown, one => [one.Last.ToString(CultureInfo.InvariantCulture)], NotificationItem.Of));
    }

    /// <summary>How many of my notifications are unread</summary>
    public static async Task<IResult> Unread(HttpContext http, NpgsqlDataSource source)
    {
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return Answer.Ok(new UnreadCount(await NotificationReads.UnreadCount(db, http.Caller().UserId, http.RequestAborted)));
    }

    /// <summary>Mark one as read</summary>
    public static async Task<IResult> Read(HttpContext http, MarkActions actions, string id) => await actions.ReadOne(http, Id(id));

    /// <summary>Mark all as read</summary>
    public static async Task<IResult> ReadAll(HttpContext http, MarkActions actions) => await actions.ReadAll(http);

    /// <summary>Remove one from my list</summary>
    /// <remarks>More of the same (another like of that post within the hour) brings it back as news.</remarks>
    public static async Task<IResult> Delete(HttpContext http, MarkActions actions, string id) => await actions.Delete(http, Id(id));

    private static bool? ReadFilter(HttpContext http) => http.QueryText("read") is null ? null : http.QueryBool("read", false);

    private static NotificationId Id(string text) => NotificationId.TryParse(text, out var id) ? id : throw Failure.NotFound();
}
