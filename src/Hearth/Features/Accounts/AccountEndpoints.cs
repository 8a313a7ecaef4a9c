using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Accounts;

/// <summary><c>/api/auth</c>: signing up, in and out, and one's own account.</summary>
internal static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/api/auth").WithDialect(Dialect.Drf).WithTags("Accounts");
        auth.MapPost("/register", Register).AllowAnyone().Limit(RateLimit.Creates)
            .Accepts<NewAccount>("application/json").Produces<SessionView>(StatusCodes.Status201Created);
        auth.MapPost("/login", Login).AllowAnyone().Limit(RateLimit.Logins)
            .Accepts<Credentials>("application/json").Produces<SessionView>()
            .WithFailure(401, "No active account has this name and password.");
        auth.MapPost("/refresh", Refresh).AllowAnyone().Limit(RateLimit.Reads)
            .Accepts<RefreshRequest>("application/json").Produces<TokensView>()
            .WithFailure(401, "The token does not hold any more.");
        auth.MapPost("/logout", Logout).AllowAnyone().Limit(RateLimit.Reads)
            .Accepts<LogoutRequest>("application/json").Produces(StatusCodes.Status204NoContent);
        auth.MapPost("/verify-email", VerifyEmail).AllowAnyone().Limit(RateLimit.Logins)
            .Accepts<TokenRequest>("application/json").Produces<DetailView>();
        auth.MapPost("/verify-email/resend", ResendVerification).RequireSignedIn().Limit(RateLimit.Logins)
            .Produces<DetailView>(StatusCodes.Status202Accepted);
        auth.MapPost("/password-reset", AskReset).AllowAnyone().Limit(RateLimit.Logins)
            .Accepts<ResetRequest>("application/json").Produces<DetailView>(StatusCodes.Status202Accepted);
        auth.MapPost("/password-reset/confirm", Reset).AllowAnyone().Limit(RateLimit.Logins)
            .Accepts<NewPassword>("application/json").Produces<DetailView>();
        auth.MapGet("/me", Me).RequireSignedIn().Limit(RateLimit.Reads).Produces<AccountView>();
        auth.MapPatch("/me", EditMe).RequireSignedIn().Limit(RateLimit.Reads)
            .Accepts<ProfileChange>("application/json").Produces<AccountView>();
        auth.MapPost("/me/photo", Photo).RequireSignedIn().Limit(RateLimit.Creates)
            .Accepts<PhotoForm>("multipart/form-data").Produces<AccountView>().WithFailure(413, "The file is larger than 10 MB.");
    }

    /// <summary>Sign up</summary>
    /// <remarks>Makes an account and its first session, and mails a link that confirms the address. A taken name or address is 400 on its field. Whatever roles the body names, the account is an individual's.</remarks>
    private static async Task<IResult> Register(HttpContext http, AccountActions accounts) =>
        await accounts.Register(http, await Body.Read<NewAccount>(http));

    /// <summary>Sign in</summary>
    /// <remarks>With <c>username</c> or <c>email</c>. Ten tries a minute per account and per address. Where a moderator suspended the account and the password is right, the 401
    /// has <c>decision</c>, its id, and <c>appeal_token</c>, with which it is read (<c>POST /api/v1/moderation/suspension</c>) and appealed, and nothing else.</remarks>
    private static async Task<IResult> Login(HttpContext http, AccountActions accounts) =>
        await accounts.Login(http, await Body.Read<Credentials>(http));

    /// <summary>New tokens for a refresh token</summary>
    /// <remarks>Each refresh token is used once. The same again within ten seconds gets the same answer; later it is 401 and ends the whole session.</remarks>
    private static async Task<IResult> Refresh(HttpContext http, AccountActions accounts) =>
        await accounts.Refresh(http, (await Body.Read<RefreshRequest>(http)).Refresh);

    /// <summary>Sign out</summary>
    /// <remarks>Ends the session of <c>refresh</c>; with <c>everywhere</c> every session of the signed-in person, whose access tokens and sockets end at once.</remarks>
    private static async Task<IResult> Logout(HttpContext http, AccountActions accounts) =>
        await accounts.Logout(http, await Body.ReadOptional<LogoutRequest>(http) ?? new LogoutRequest());

    /// <summary>Confirm an address</summary>
    /// <remarks>With the token of the mail, which holds three days and once.</remarks>
    private static async Task<IResult> VerifyEmail(HttpContext http, AccountActions accounts) =>
        await accounts.ConfirmEmail(http, (await Body.Read<TokenRequest>(http)).Token);

    /// <summary>Mail the link once more</summary>
    /// <remarks>For an address that is not confirmed yet; the links before hold as well.</remarks>
    private static async Task<IResult> ResendVerification(HttpContext http, AccountActions accounts) => await accounts.ResendVerification(http);

    /// <summary>Ask for a new password</summary>
    /// <remarks>Always 202, whether there is such an account or not. The link in the mail holds an hour and once.</remarks>
    private static async Task<IResult> AskReset(HttpContext http, AccountActions accounts) =>
        await accounts.AskReset(http, (await Body.Read<ResetRequest>(http)).Email);

    /// <summary>Choose a new password</summary>
    /// <remarks>With the token of the mail. Ends every session of the account.</remarks>
    private static async Task<IResult> Reset(HttpContext http, AccountActions accounts) =>
        await accounts.Reset(http, await Body.Read<NewPassword>(http));

    /// <summary>Who am I?</summary>
    private static async Task<IResult> Me(HttpContext http, NpgsqlDataSource source)
    {
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var account = await AccountStore.ById(db, http.Caller().UserId, http.RequestAborted) ?? throw Failure.Unauthenticated();
        return Answer.Ok(account.OwnView());
    }

    /// <summary>Change my profile</summary>
    /// <remarks>What the body does not name stays. <c>time_zone</c> is an IANA name.</remarks>
    private static async Task<IResult> EditMe(HttpContext http, AccountActions accounts) =>
        await accounts.EditProfile(http, await Body.Read<ProfileChange>(http));

    /// <summary>Upload my photo</summary>
    /// <remarks>A form with the file in <c>photo</c>: JPEG, PNG, GIF or WebP of at most 10 MB; what it says of the place where it was taken is removed.</remarks>
    private static async Task<IResult> Photo(HttpContext http, AccountActions accounts, PictureIntake pictures) =>
        await accounts.EditProfile(http, new ProfileChange(ProfilePhoto: new Field<string?>(await pictures.Take(http, "photo"))));
}
