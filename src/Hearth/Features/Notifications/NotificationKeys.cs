using System.Security.Cryptography;
using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Notifications;

/// <summary>The keys that pushes and unsubscribe links are signed with. In the database: every node must sign with the same.</summary>
internal sealed record KeySet(byte[] PushPrivate, byte[] PushPublic, byte[] Unsubscribe);

internal sealed class NotificationKeys(NpgsqlDataSource source) : IDisposable
{
    private const string EnsureSql =
        """
        -- notification_keys.ensure
        insert into notification_keys (push_private, push_public, unsubscribe) values ($1, $2, $3) on conflict do nothing
        """;

    private const string FindSql =
        """
        -- notification_keys.find
        select push_private, push_public, unsubscribe from notification_keys
        """;

    private readonly SemaphoreSlim turn = new(1);
    private volatile KeySet? keys;

    public async Task<KeySet> Get(CancellationToken ct)
    {
        if (keys is { } known)
            return known;
        await turn.WaitAsync(ct);
        try
        {
            return keys ??= await Load(ct);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<KeySet> Load(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        if (await Find(db, ct) is { } found)
            return found;
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Sql.Execute(
            db, EnsureSql, ct, Sql.Value(pair.ExportPkcs8PrivateKey()), Sql.Value(Push.PushCrypto.Point(pair.ExportParameters(false))),
            Sql.Value(RandomNumberGenerator.GetBytes(32)));
        return (await Find(db, ct))!;
    }

    private static async Task<KeySet?> Find(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = Sql.Command(db, FindSql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new KeySet(reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2))
            : null;
    }
}
