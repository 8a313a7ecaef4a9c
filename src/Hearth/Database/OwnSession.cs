using Npgsql;

namespace Hearth.Database;

/// <summary>
/// A connection that holds something for as long as it lives: a session's lock, a setting, a LISTEN. The pool for requests resets nothing when a
/// connection comes back (seven statements each time would cost more than most requests' own), so what is held here is let go here.
/// </summary>
internal sealed class OwnSession : IAsyncDisposable
{
    private const string LetGo = "reset all; select pg_advisory_unlock_all(); unlisten *";

    private OwnSession(NpgsqlConnection db) => Db = db;

    public NpgsqlConnection Db { get; }

    public static async Task<OwnSession> Open(NpgsqlDataSource source, CancellationToken ct) => new(await source.OpenConnectionAsync(ct));

    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var command = new NpgsqlCommand(LetGo, Db);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // Most likely it is broken, and the server has let go of everything; it must not come back to the pool in any case.
            _ = e;
            NpgsqlConnection.ClearPool(Db);
        }

        await Db.DisposeAsync();
    }
}
