using System.Globalization;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>Whose interactions a request is about, and of which time: both ends count.</summary>
internal sealed record InteractionRange(long User, DateTime? From, DateTime? To)
{
    /// <summary>The person of the path, who must be the caller but for administrators and service tokens; <c>startDate</c> and <c>endDate</c> of the query.</summary>
    public static async Task<InteractionRange> Asked(HttpContext http, NpgsqlDataSource source, string userId)
    {
        if (!PersonId.TryParse(userId, out var person))
            throw Failure.Invalid("userId", "userId must be an integer or a UUID.");
        var caller = http.Caller();
        var from = http.QueryTime("startDate");
        var to = http.QueryTime("endDate");
        // A day without a time is meant to its end.
        if (to is { } day && DateOnly.TryParseExact(http.QueryText("endDate"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            to = day > DateTime.MaxValue.AddDays(-1) ? day : day.AddDays(1).AddMicroseconds(-1);
        if (caller.ServiceToken is null && (person.Number == caller.UserId || person.Uuid == caller.Uuid))
            return new InteractionRange(caller.UserId, from, to);
        if (!caller.IsAdmin && caller.ServiceToken is null)
            throw Failure.Forbidden();
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return new InteractionRange(await person.Find(db, http.RequestAborted), from, to);
    }
}
