using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hearth.Database;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Messaging.Channels;

/// <summary>
/// HMAC-SHA256 of "timestamp.body" with the tenant's secret, both ways. A timestamp more than five minutes off is refused; a
/// repeat within them changes nothing, because what comes in names itself.
/// </summary>
internal sealed class Signatures(NpgsqlDataSource source, Tenants tenants, TimeProvider time)
{
    public const string Header = "X-Hearth-Signature";
    public const string TimeHeader = "X-Hearth-Timestamp";

    private const string SecretsSql =
        """
        -- tenants.secrets
        select webhook_secret, case when previous_until > $2 then previous_secret end from tenants where number = $1
        """;

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static string Of(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(timestamp + "."));
        hmac.AppendData(body);
        return "sha256=" + Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    /// <summary>The tenant that the query names, whose secret the body is signed with; fails with 401 otherwise.</summary>
    public async Task<Tenant> Check(HttpContext http, byte[] body)
    {
        var id = http.QueryGuid("tenant") ?? throw Failure.Invalid("tenant", "This parameter is required.");
        var (timestamp, signature) = (http.Request.Headers[TimeHeader].ToString(), http.Request.Headers[Header].ToString());
        if (!IsCurrent(timestamp))
            throw Failure.Unauthenticated("The timestamp is missing or more than five minutes off.");
        if (await tenants.Find(id, http.RequestAborted) is { } tenant)
        {
            var (secret, previous) = await Secrets(tenant, http.RequestAborted);
            if (Same(Of(secret, timestamp, body), signature) || (previous is not null && Same(Of(previous, timestamp, body), signature)))
                return tenant;
        }

        throw Failure.Unauthenticated("The signature does not hold.");
    }

    /// <summary>Signs what goes out.</summary>
    public async Task Sign(HttpRequestMessage request, Tenant tenant, byte[] body, CancellationToken ct)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var (secret, _) = await Secrets(tenant, ct);
        request.Headers.Add(TimeHeader, timestamp);
        request.Headers.Add(Header, Of(secret, timestamp, body));
    }

    private bool IsCurrent(string timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - (double)seconds) <= Tolerance.TotalSeconds;

    /// <summary>Hex digits in either case.</summary>
    private static bool Same(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given.Trim().ToLowerInvariant()));

    private async Task<(string Current, string? Previous)> Secrets(Tenant tenant, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = Sql.Command(db, SecretsSql, Sql.Value(tenant.Number), Sql.Time(time.GetUtcNow().UtcDateTime));
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetString(0), row.TextOrNull(1));
    }
}
