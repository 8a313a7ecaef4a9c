using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Accounts;

/// <summary>People in moderators' hands: to hide one is to suspend the account. Accounts are removed by their owners only.</summary>
internal sealed class ModeratedPeople : IModerated
{
    private const string FindSql =
        """
        -- accounts.moderated
        select id, uuid, concat_ws(E'\n', username, display_name, left(bio, 1000)), not is_active from users where uuid = any($1) or id = any($2)
        """;

    private const string RolesSql =
        """
        -- accounts.roles
        select roles from users where id = $1 for update
        """;

    public IReadOnlyList<ObjectKind> Kinds { get; } = [ObjectKind.User];

    public async Task<IReadOnlyList<ModeratedObject>> Find(NpgsqlConnection db, ObjectKind kind, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        var people = ids.Select(id => PersonId.TryParse(id, out var person) ? person : default).ToList();
        await using var command = new NpgsqlCommand(FindSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid[]> { TypedValue = [.. people.Select(person => person.Uuid ?? Guid.Empty)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. people.Select(person => person.Number ?? 0)] },
            },
        };
        var found = new List<ModeratedObject>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            found.Add(new ModeratedObject(row.GetInt64(0), row.GetGuid(1).ToString(), row.GetInt64(0), row.GetString(2), false));
        return found;
    }

    public async Task<bool> Hide(Write write, ObjectKind kind, long id, bool hidden, long actor, CancellationToken ct)
    {
        await using (var roles = new NpgsqlCommand(RolesSql, write.Db) { Parameters = { new NpgsqlParameter<long> { TypedValue = id } } })
        {
            if (await roles.ExecuteScalarAsync(ct) is not int held)
                return false;
            if (hidden && ((Roles)held).HasFlag(Roles.Admin))
                throw Failure.Forbidden("An administrator cannot be suspended.");
        }

        if (await Suspension.Set(write.Db, id, !hidden, ct))
            write.Append(new Entry(Verb.ChangeAccount, ObjectKind.User, id) { Actor = actor, Subject = id });
        return true;
    }

    public Task<Action?> Remove(Write write, ObjectKind kind, long id, long actor, CancellationToken ct) => Task.FromResult<Action?>(null);
}
