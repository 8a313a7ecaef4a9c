using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Moderation;

/// <summary>What somebody whose account is suspended may do: read that decision and appeal it, with the token that a refused sign-in answered.</summary>
internal sealed class SuspensionActions(NpgsqlDataSource source, AppealTokens tokens, ReportActions reports, Limiter limiter)
{
    public async Task<Answer> Read(HttpContext http, AppealToken wanted)
    {
        var claims = await Claims(http, wanted.Token);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return Answer.Ok(await ReportReads.Decided(db, claims.Decision) ?? throw Failure.NotFound());
    }

    public async Task<Answer> Appeal(HttpContext http, SuspensionAppeal wanted)
    {
        var claims = await Claims(http, wanted.Token);
        return await reports.Appeal(http, claims.Decision, claims.UserId, wanted.Text);
    }

    private async Task<AppealClaims> Claims(HttpContext http, string token)
    {
        if (tokens.Read(token) is not { } claims)
            throw TheyDoNotHold();
        limiter.Take(Spender.User(RateLimit.Logins, claims.UserId));
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        // Once the account is in use again, or left for good, there is nothing to open with it.
        return await ReportReads.IsSuspended(db, claims.UserId) ? claims : throw TheyDoNotHold();
    }

    private static Failure TheyDoNotHold() => Failure.Unauthenticated("The token is invalid or has expired.");
}
