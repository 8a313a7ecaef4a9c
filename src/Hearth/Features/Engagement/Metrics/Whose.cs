using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Metrics;

/// <summary>Figures that a person sees of themselves, and administrators of anyone.</summary>
internal sealed class Whose(NpgsqlDataSource source)
{
    /// <returns>The person of the query's <c>user</c> (or <c>user_id</c>), by either id; the caller where none is named.</returns>
    public async Task<long> Asked(HttpContext http)
    {
        var caller = http.Caller();
        if ((http.QueryText("user") ?? http.QueryText("user_id")) is not { } named)
            return caller.UserId;
        // Nobody learns by asking who exists.
        var isOwn = PersonId.TryParse(named, out var person) && (person.Number == caller.UserId || person.Uuid == caller.Uuid);
        if (isOwn)
            return caller.UserId;
        if (!caller.IsAdmin)
            throw Failure.Forbidden();
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return await PersonId.Find(db, named, http.RequestAborted);
    }
}
