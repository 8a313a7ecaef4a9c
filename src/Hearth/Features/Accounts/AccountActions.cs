using Hearth.Jobs;
using Hearth.Jobs.Mail;
using Hearth.Ledger;
using Hearth.Platform;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Hearth.Features.Accounts;

/// <summary>What people do with their own accounts.</summary>
internal sealed class AccountActions(
    NpgsqlDataSource source,
    Writes writes,
    Sessions sessions,
    Passwords passwords,
    Authenticator authenticator,
    AppealTokens appeals,
    Limiter limiter,
    HearthOptions options,
    DeliverySignal deliveries,
    ProfileEdits profiles)
{
    private const string VerifyEmail = "verify_email";
    private const string ResetPassword = "reset_password";

    private static readonly TimeSpan VerifyLife = TimeSpan.FromDays(3);
    private static readonly TimeSpan ResetLife = TimeSpan.FromHours(1);

    public async Task<Answer> Register(HttpContext http, NewAccount wanted)
    {
        AccountRules.Check(wanted);
        var hash = await passwords.Hash(wanted.Password, http.RequestAborted);
        await using var write = await writes.Begin(http);
        var account = await Insert(write.Db, wanted, hash, http.RequestAborted);
        write.Append(new Entry(Verb.Register, ObjectKind.User, account.Id) { Actor = account.Id, Subject = account.Id });
        var tokens = await sessions.Begin(write.Db, account);
        await MailToken(write.Db, account, VerifyEmail, VerifyLife);
        var answer = await write.Commit(Answer.Created(new SessionView(account.OwnView(), tokens.Access, tokens.Refresh)));
        deliveries.Raise();
        return answer;
    }

    public async Task<Answer> Login(HttpContext http, Credentials credentials)
    {
        var name = credentials.Username ?? credentials.Email ?? throw Failure.Invalid("username", "This field is required.");
        limiter.Take(Spender.Account(RateLimit.Logins, name));
        var verified = await Verify(name, credentials.Password, http.RequestAborted);
        await using var write = await writes.Begin(http);
        // As it is now: while the password was looked at, the account may have changed.
        if (await AccountStore.Lock(write.Db, verified.Account.Id, http.RequestAborted) is not { } account
            || account.PasswordHash != verified.Account.PasswordHash)
            throw WrongCredentials();
        if (!account.IsActive)
            throw await Suspended(write.Db, account, http.RequestAborted);
        if (verified.NewHash is { } hash)
            await AccountStore.Update(write.Db, account with { PasswordHash = hash }, http.RequestAborted);
        var tokens = await sessions.Begin(write.Db, account);
        return await write.Commit(Answer.Ok(new SessionView(account.OwnView(), tokens.Access, tokens.Refresh)));
    }

    public async Task<Answer> Refresh(HttpContext http, string token)
    {
        await using var write = await writes.Begin(http);
        if (await sessions.Rotate(write.Db, token, http.RequestAborted) is { } next)
            return await write.Commit(Answer.Ok(next));
        // A reuse ends the family, and that must stay.
        await write.Commit();
        throw Failure.Unauthenticated("The token is invalid or has expired.");
    }

    public async Task<Answer> Logout(HttpContext http, LogoutRequest request)
    {
        var everywhere = request.Everywhere ? http.Caller().UserId : (long?)null;
        await using var write = await writes.Begin(http);
        if (request.Refresh is { } token)
            await SessionStore.RevokeByToken(write.Db, Sessions.Hash(token), sessions.Now);
        if (everywhere is { } user && await AccountStore.Lock(write.Db, user, http.RequestAborted) is { } account)
            await EndSessions(write, account, http.RequestAborted);
        var answer = await write.Commit(Answer.NoContent);
        if (everywhere is { } ended)
            authenticator.Forget(ended);
        return answer;
    }

    public async Task<Answer> ConfirmEmail(HttpContext http, string token)
    {
        await using var write = await writes.Begin(http);
        var account = await OfMailToken(write.Db, token, VerifyEmail, http.RequestAborted);
        await AccountStore.Update(write.Db, account with { EmailVerified = true }, http.RequestAborted);
        if (account is { EmailVerified: false, Email: { } address })
            await Mails.Enqueue(write.Db, $"mail:welcome:{account.Id}", AccountMails.Welcome(options, address, account.DisplayName));
        var answer = await write.Commit(Answer.Ok(new DetailView("The address is confirmed.")));
        deliveries.Raise();
        return answer;
    }

    public async Task<Answer> ResendVerification(HttpContext http)
    {
        await using var write = await writes.Begin(http);
        var account = await AccountStore.Lock(write.Db, http.Caller().UserId, http.RequestAborted) ?? throw Failure.Unauthenticated();
        if (account.EmailVerified || account.Email is null)
            throw Failure.Invalid("email", account.Email is null ? "This account has no address." : "The address is confirmed already.");
        await MailToken(write.Db, account, VerifyEmail, VerifyLife);
        var answer = await write.Commit(Answer.Of(StatusCodes.Status202Accepted, new DetailView("A mail with a link is on its way.")));
        deliveries.Raise();
        return answer;
    }

    /// <summary>Says the same whether there is such an account or not.</summary>
    public async Task<Answer> AskReset(HttpContext http, string email)
    {
        limiter.Take(Spender.Account(RateLimit.Logins, email));
        await using var write = await writes.Begin(http);
        if (await AccountStore.ByEmail(write.Db, email, http.RequestAborted) is { IsActive: true } account)
            await MailToken(write.Db, account, ResetPassword, ResetLife);
        var answer = await write.Commit(Answer.Of(
            StatusCodes.Status202Accepted, new DetailView("If there is an account with this address, a mail with a link is on its way.")));
        deliveries.Raise();
        return answer;
    }

    public async Task<Answer> Reset(HttpContext http, NewPassword request)
    {
        AccountRules.CheckPassword(request.Password);
        var hash = await passwords.Hash(request.Password, http.RequestAborted);
        await using var write = await writes.Begin(http);
        var account = await OfMailToken(write.Db, request.Token, ResetPassword, http.RequestAborted);
        await SessionStore.VoidMailTokens(write.Db, account.Id, ResetPassword, sessions.Now);
        // Whoever reads the mail has the address.
        await EndSessions(write, account with { PasswordHash = hash, EmailVerified = true }, http.RequestAborted);
        var answer = await write.Commit(Answer.Ok(new DetailView("The password is changed. Please sign in.")));
        authenticator.Forget(account.Id);
        return answer;
    }

    public async Task<Answer> EditProfile(HttpContext http, ProfileChange change)
    {
        await using var write = await writes.Begin(http);
        var changed = await profiles.Apply(write, http.Caller().UserId, change, default, http.RequestAborted);
        return await write.Commit(Answer.Ok(changed.OwnView()));
    }

    private static async Task<Account> Insert(NpgsqlConnection db, NewAccount wanted, string hash, CancellationToken ct)
    {
        try
        {
            var name = Usernames.Normal(wanted.Username);
            var display = wanted.DisplayName?.Trim() ?? name;
            return await AccountStore.Insert(db, name, wanted.Email, false, display, hash, Roles.Individual, ct);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw taken.ConstraintName?.Contains("email", StringComparison.Ordinal) == true
                ? Failure.Invalid("email", "A user with that email already exists.")
                : Failure.Invalid("username", "A user with that username already exists.");
        }
    }

    /// <summary>Says the same as <see cref="WrongCredentials"/>; and, to who knew the password, which decision it is and how to appeal it.</summary>
    private async Task<Failure> Suspended(NpgsqlConnection db, Account account, CancellationToken ct) =>
        await AccountStore.Suspension(db, account.Id, ct) is { } decision
            ? new Failure(FailureKind.Unauthenticated, WrongCredentials().Message)
            {
                More = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["decision"] = decision.ToString(),
                    ["appeal_token"] = appeals.Write(account.Id, decision),
                },
            }
            : WrongCredentials();

    private static Failure WrongCredentials() => Failure.Unauthenticated("No active account found with the given credentials.");

    /// <summary>Hashing takes its time; no connection is held meanwhile.</summary>
    private async Task<(Account Account, string? NewHash)> Verify(string name, string password, CancellationToken ct)
    {
        Account? account;
        await using (var db = await source.OpenConnectionAsync(ct))
            account = await AccountStore.ByName(db, name, ct);
        var verdict = await passwords.Verify(account?.PasswordHash, password, ct);
        if (account is null || verdict == PasswordVerificationResult.Failed)
            throw WrongCredentials();
        return (account, verdict == PasswordVerificationResult.SuccessRehashNeeded ? await passwords.Hash(password, ct) : null);
    }

    private async Task EndSessions(Write write, Account account, CancellationToken ct)
    {
        await AccountStore.Update(write.Db, account with { Version = account.Version + 1 }, ct);
        await SessionStore.RevokeAll(write.Db, account.Id, sessions.Now);
        write.Append(new Entry(Verb.EndSessions, ObjectKind.User, account.Id) { Actor = account.Id, Subject = account.Id });
    }

    private async Task<Account> OfMailToken(NpgsqlConnection db, string token, string purpose, CancellationToken ct)
    {
        var user = await SessionStore.UseMailToken(db, Sessions.Hash(token), purpose, sessions.Now);
        return user is { } id && await AccountStore.Lock(db, id, ct) is { IsActive: true } account
            ? account
            : throw Failure.Invalid("token", "The link is not valid any more.");
    }

    private async Task MailToken(NpgsqlConnection db, Account account, string purpose, TimeSpan life)
    {
        if (account.Email is not { } address)
            return;
        var token = Sessions.NewToken();
        var hash = Sessions.Hash(token);
        await SessionStore.AddMailToken(db, hash, account.Id, purpose, sessions.Now + life);
        var mail = purpose == VerifyEmail
            ? AccountMails.Verification(options, address, account.DisplayName, token)
            : AccountMails.PasswordReset(options, address, account.DisplayName, token, life);
        await Mails.Enqueue(db, $"mail:{purpose}:{Convert.ToHexStringLower(hash)}", mail);
    }
}
