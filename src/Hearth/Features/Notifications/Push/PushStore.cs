using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Notifications.Push;

/// <summary>Where a browser takes pushes.</summary>
internal sealed record Subscription(long Id, long User, string Endpoint, byte[] Key, byte[] Auth);

internal static class PushStore
{
    /// <summary>A person's browsers; more than that is not a person.</summary>
    public const int Most = 20;

    // A browser that another person signs in with belongs to them from then on.
    private const string AddSql =
        """
        -- push.add
        insert into push_subscriptions (user_id, endpoint, p256dh, auth) values ($1, $2, $3, $4)
        on conflict (endpoint) do update set user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth, created_at = now()
        """;

    private const string TrimSql =
        """
        -- push.trim
        delete from push_subscriptions
         where id in (select id from push_subscriptions where user_id = $1 order by created_at desc, id desc offset $2)
        """;

    private const string RemoveSql =
        """
        -- push.remove
        delete from push_subscriptions where user_id = $1 and endpoint = $2
        """;

    private const string ForgetSql =
        """
        -- push.forget
        delete from push_subscriptions where id = $1 and endpoint = $2
        """;

    private const string FindSql =
        """
        -- push.find
        select id, user_id, endpoint, p256dh, auth from push_subscriptions where id = $1 and user_id = $2
        """;

    public static async Task Add(NpgsqlConnection db, long user, string endpoint, byte[] key, byte[] auth, CancellationToken ct)
    {
        await Sql.Execute(db, AddSql, ct, Sql.Value(user), Sql.Value(endpoint), Sql.Value(key), Sql.Value(auth));
        await Sql.Execute(db, TrimSql, ct, Sql.Value(user), Sql.Value(Most));
    }

    public static Task Remove(NpgsqlConnection db, long user, string endpoint, CancellationToken ct) =>
        Sql.Execute(db, RemoveSql, ct, Sql.Value(user), Sql.Value(endpoint));

    /// <summary>The push service says that it is no more.</summary>
    public static Task Forget(NpgsqlConnection db, Subscription gone) =>
        Sql.Execute(db, ForgetSql, CancellationToken.None, Sql.Value(gone.Id), Sql.Value(gone.Endpoint));

    public static async Task<Subscription?> Find(NpgsqlConnection db, long id, long user, CancellationToken ct)
    {
        await using var command = Sql.Command(db, FindSql, Sql.Value(id), Sql.Value(user));
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new Subscription(reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3), reader.GetFieldValue<byte[]>(4))
            : null;
    }
}
