using Npgsql;

namespace Hearth.Database;

/// <summary>Makes the connection pools: one for requests, impatient; one for migrations, imports and rebuilds, patient.</summary>
internal static class DataSources
{
    /// <summary>
    /// An idle transaction that has appended would hold back the ledger's readers, so the server ends it after five seconds.
    /// </summary>
    private const string Impatient = "-c idle_in_transaction_session_timeout=5s -c lock_timeout=5s -c statement_timeout=30s";

    /// <summary>Its connections are not reset when they come back: whoever gives a session something of its own uses <see cref="OwnSession"/>.</summary>
    public static NpgsqlDataSource ForRequests(string connection, int poolSize = 40)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = poolSize, MaxAutoPrepare = 200, AutoPrepareMinUsages = 2, NoResetOnClose = true };
        settings.Options = settings.Options is { Length: > 0 } own ? $"{Impatient} {own}" : Impatient;
        settings.ApplicationName ??= "hearth";
        return NpgsqlDataSource.Create(settings);
    }

    public static NpgsqlDataSource ForLongWork(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = 4, CommandTimeout = 0, MaxAutoPrepare = 50 };
        settings.ApplicationName ??= "hearth-work";
        return NpgsqlDataSource.Create(settings);
    }
}
