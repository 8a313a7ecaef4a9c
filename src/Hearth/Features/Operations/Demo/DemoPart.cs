using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Operations.Demo;

/// <summary>
/// What people of the demonstration do behind its start, once: by the same requests that anybody sends, so that all that follows from
/// them follows.
/// </summary>
internal abstract partial class DemoPart(HearthOptions options, DemoRequests requests, AccessTokens tokens, NpgsqlDataSource source, ILogger log) : BackgroundService
{
    private const string PeopleSql =
        """
        -- demo.people
        select imported_from, id, uuid, version from users where starts_with(imported_from, $1) and is_active
        """;

    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when everything is there, or will not be.</summary>
    public Task Done => done.Task;

    /// <param name="client">For the requests.</param>
    /// <param name="people">The access tokens of the people by their user names.</param>
    /// <param name="ct">Ends with the server.</param>
    protected abstract Task Act(HttpClient client, IReadOnlyDictionary<string, string> people, CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (!options.Demo)
                return;
            await requests.Started(stoppingToken);
            if (stoppingToken.IsCancellationRequested || await People(stoppingToken) is not { } people || people.Count < DemoPeople.All.Count)
                return;
            using var client = requests.Client();
            await Act(client, people, stoppingToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A demonstration that is not whole stops no server.
            Missed(log, e.Message);
        }
        finally
        {
            done.SetResult();
        }
    }

    private async Task<Dictionary<string, string>> People(CancellationToken ct)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = Sql.Command(db, PeopleSql, Sql.Value(DemoCommunity.User("")));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            found[row.GetString(0)[DemoCommunity.User("").Length..]] = tokens.Write(row.GetInt64(1), row.GetGuid(2), row.GetInt32(3));
        return found;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Not everything of the demonstration is there: {Reason}")]
    private static partial void Missed(ILogger log, string reason);
}
