using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Accounts;

/// <summary>Sees to it, before the server listens, that the administrator whom the environment names exists. The password counts at creation only.</summary>
internal sealed partial class Administrator(
    HearthOptions options, Writes writes, Passwords passwords, NpgsqlDataSource source, ILogger<Administrator> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.AdminEmail is not { } email)
            return;
        await using (var db = await source.OpenConnectionAsync(cancellationToken))
        {
            if (await AccountStore.ByEmail(db, email, cancellationToken) is { } found)
            {
                if (!found.Roles.HasFlag(Roles.Admin))
                    LogNotAdmin(found.Username);
                return;
            }
        }

        if (options.AdminPassword is not { } password)
            throw new StartFailure("ADMIN_PASSWORD must be set the first time that ADMIN_EMAIL is: the account is made with it.");
        await Create(email, await passwords.Hash(password, cancellationToken), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Create(string email, string hash, CancellationToken ct)
    {
        await using var write = await writes.Begin(ct);
        var name = await FreeName(write.Db, email, ct);
        try
        {
            var account = await AccountStore.Insert(write.Db, name, email, true, name, hash, Roles.Individual | Roles.Admin, ct);
            write.Append(new Entry(Verb.Register, ObjectKind.User, account.Id) { Actor = account.Id, Subject = account.Id });
            await write.Commit();
            LogCreated(name);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another node that starts at this moment made it.
            LogElsewhere();
        }
    }

    private static async Task<string> FreeName(NpgsqlConnection db, string email, CancellationToken ct)
    {
        if (await AccountStore.ByName(db, "admin", ct) is null)
            return "admin";
        var local = new string([.. email.Split('@')[0].Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')]);
        return await AccountStore.ByName(db, local, ct) is null ? local : $"{local}-{Guid.NewGuid().ToString("n")[..6]}";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The administrator of ADMIN_EMAIL was made, named {Name}.")]
    private partial void LogCreated(string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "The administrator of ADMIN_EMAIL was made by another node.")]
    private partial void LogElsewhere();

    [LoggerMessage(Level = LogLevel.Warning, Message = "ADMIN_EMAIL is the address of {Name}, who is no administrator. An account that anyone may have made gets no role by that.")]
    private partial void LogNotAdmin(string name);
}
