using System.Security.Cryptography;
using System.Text;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Ledger;

/// <summary>
/// The middleware behind two headers: a read with <c>Ledger-Position</c> waits until that write's consequences are applied, and a
/// POST with <c>Idempotency-Key</c> that was answered before gets that answer again, even if the handler would now refuse it.
/// </summary>
internal sealed class LedgerGate(RequestDelegate next, PositionGate positions, NpgsqlDataSource source)
{
    public const string KeyHeader = "Idempotency-Key";

    public Task Invoke(HttpContext http)
    {
        var request = http.Request;
        if (IsRead(http) && request.Headers.TryGetValue(Position.Header, out var position))
            return ReadAfter(http, position.ToString());
        return HttpMethods.IsPost(request.Method) && request.Headers.TryGetValue(KeyHeader, out var key) && TakesKeys(http)
            ? Once(http, key.ToString())
            : next(http);
    }

    private static bool IsRead(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<ReadByPost>() is not null;

    private async Task ReadAfter(HttpContext http, string text)
    {
        if (!Position.TryParse(text, out var position))
            throw Failure.Invalid(Position.Header, "A position that an answer carried is required.");
        await positions.Wait(position, http.RequestAborted);
        await next(http);
    }

    private async Task Once(HttpContext http, string text)
    {
        if (text.Length is 0 or > 255 || text.Any(static c => c is < ' ' or > '~'))
            throw Failure.Invalid(KeyHeader, "A key has 1 to 255 printable characters.");
        var key = new IdempotencyKey(Name(http.Caller()), $"POST {http.Request.Path}", text, await Hash(http.Request, http.RequestAborted));
        await using (var db = await source.OpenConnectionAsync(http.RequestAborted))
        {
            try
            {
                await Idempotency.Find(db, key, http.RequestAborted);
            }
            catch (Repeated)
            {
                http.Response.Headers[Position.Header] = Position.Format(await LedgerStore.Head(db, http.RequestAborted));
                throw;
            }
        }

        http.Features.Set(key);
        await next(http);
    }

    /// <summary>A secret is not kept for a day, and tokens are made anew.</summary>
    private static bool TakesKeys(HttpContext http) =>
        http.CallerOrNone() is not null
        && http.GetEndpoint() is { } endpoint
        && endpoint.Metadata.GetMetadata<SecretAnswer>() is null
        && !http.Request.Path.StartsWithSegments("/api/auth", StringComparison.OrdinalIgnoreCase);

    private static string Name(Caller caller) => caller.ServiceToken is { } token ? $"s:{token}" : $"u:{caller.UserId}";

    private static async Task<byte[]> Hash(HttpRequest request, CancellationToken ct)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(request.QueryString.Value ?? ""));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, ct)) > 0)
            hash.AppendData(buffer, 0, read);
        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}

/// <summary>Removes answers whose keys are older than a day.</summary>
internal static class IdempotencySweep
{
    private const string Sql =
        """
        -- idempotency.sweep
        delete from idempotency_keys where ctid = any(array(
          select ctid from idempotency_keys where created_at < now() - interval '24 hours' limit 5000))
        """;

    public static async Task<int> Run(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, db);
        var all = 0;
        int swept;
        do
        {
            swept = await command.ExecuteNonQueryAsync(ct);
            all += swept;
        }
        while (swept > 0);

        return all;
    }
}
