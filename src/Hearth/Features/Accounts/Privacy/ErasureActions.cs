using System.Security.Cryptography;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Hearth.Features.Accounts;

/// <summary>
/// People who leave. The first transaction empties the account and ends its sessions: from then on there is no way back, and what is left is
/// done in chunks, by this request or, when it is cut short, by a job.
/// </summary>
internal sealed class ErasureActions(
    NpgsqlDataSource source, Writes writes, Passwords passwords, Authenticator authenticator, AccessTokens tokens, Limiter limiter, ErasureRuns runs,
    IPersonalMedia media, IEnumerable<IPersonal> features)
{
    private static readonly string[] Modes = ["anonymise", "remove"];

    private readonly List<KeptColumn> kept =
    [
        .. features.SelectMany(feature => feature.Exceptions).Where(column => column.NotErased is not null).Select(column => new KeptColumn(column.Column, column.NotErased!))
            .OrderBy(one => one.Column, StringComparer.Ordinal),
    ];

    public async Task<Answer> Erase(HttpContext http, ErasureRequest wanted)
    {
        if (Array.IndexOf(Modes, wanted.Mode) < 0)
            throw Failure.Invalid("mode", $"\"{wanted.Mode}\" is not a valid choice.");
        var erasure = http.CallerOrNone() is { } caller ? await Begin(http, caller, wanted) : await Begun(http);
        // Whoever asked may hang up: what has begun is ended.
        await runs.Run(erasure, CancellationToken.None);
        await writes.Positioned(http, 0);
        return Answer.Ok(await Certificate(erasure.Id, http.RequestAborted) ?? throw Failure.NotFound());
    }

    public async Task<ErasureCertificate?> Certificate(Guid id, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await ErasureStore.One(db, id, ct) is { } erasure
            ? new ErasureCertificate(
                id, erasure.Removes ? "remove" : "anonymise", erasure.StartedAt, erasure.FinishedAt, await ErasureStore.Stores(db, id, ct), kept)
            : null;
    }

    /// <summary>
    /// A repeat: the token that asked holds no more, because the account is gone, but it says whose it was. Only the certificate follows.
    /// </summary>
    private async Task<Erasure> Begun(HttpContext http)
    {
        const string Scheme = "Bearer ";
        if (http.Request.Headers.Authorization is not [{ } text] || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || tokens.Read(text[Scheme.Length..].Trim()) is not { } claims)
            throw Failure.Unauthenticated();
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return await ErasureStore.Of(db, claims.UserId, http.RequestAborted) ?? throw Failure.Unauthenticated("The token is invalid or has expired.");
    }

    private async Task<Erasure> Begin(HttpContext http, Caller caller, ErasureRequest wanted)
    {
        if (caller.ServiceToken is not null)
            throw Failure.Forbidden();
        var ct = http.RequestAborted;
        limiter.Take(Spender.Account(RateLimit.Logins, $"erase {caller.UserId}"));
        var hash = await Verify(caller.UserId, wanted.Password, ct);
        await using var write = await writes.Begin(http);
        if (caller.IsAdmin && await ErasureStore.IsLastAdministrator(write.Db, caller.UserId, (int)Roles.Admin, ct))
            throw Failure.Conflict("The last administrator cannot leave: make somebody else one first.");
        if (await AccountStore.Lock(write.Db, caller.UserId, ct) is not { IsActive: true } account || account.PasswordHash != hash)
            throw WrongPassword();
        var id = await ErasureStore.Begin(write.Db, caller.UserId, wanted.Mode, ct);
        await Empty(write, id, account, ct);
        await write.Commit();
        authenticator.Forget(account.Id);
        media.Remove(account.ProfilePhoto);
        await using var db = await source.OpenConnectionAsync(CancellationToken.None);
        return (await ErasureStore.One(db, id, CancellationToken.None))!;
    }

    private static async Task Empty(Write write, Guid id, Account account, CancellationToken ct)
    {
        await ErasureStore.EmptyAccount(write.Db, account.Id, $"deleted-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}", ct);
        await ErasureStore.Note(write.Db, id, "users", "emptied; it is called \"Deleted user\"", 1, ct);
        await SessionStore.RevokeAll(write.Db, account.Id, DateTime.UnixEpoch);
        if (await Deliveries.Forget(write.Db, account.Id, account.Email, ct) is > 0 and var forgotten)
            await ErasureStore.Note(write.Db, id, "deliveries", "deleted", forgotten, ct);
        // Sockets close and caches let go by the first two; readers of the ledger that keep something of a person let go by the third.
        write.Append(new Entry(Verb.ChangeAccount, ObjectKind.User, account.Id) { Actor = account.Id, Subject = account.Id });
        write.Append(new Entry(Verb.EditProfile, ObjectKind.User, account.Id) { Actor = account.Id, Subject = account.Id });
        write.Append(new Entry(Verb.EraseAccount, ObjectKind.User, account.Id) { Actor = account.Id, Subject = account.Id });
    }

    /// <summary>Hashing takes its time; no connection is held meanwhile.</summary>
    /// <returns>The hash that the password is right for.</returns>
    private async Task<string?> Verify(long user, string password, CancellationToken ct)
    {
        Account? account;
        await using (var db = await source.OpenConnectionAsync(ct))
            account = await AccountStore.ById(db, user, ct);
        return await passwords.Verify(account?.PasswordHash, password, ct) == PasswordVerificationResult.Failed ? throw WrongPassword() : account!.PasswordHash;
    }

    private static Failure WrongPassword() => Failure.Invalid("password", "The password is wrong.");
}
