using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Accounts;

/// <summary>
/// Refresh tokens. Each is used once: its use gives the next of its family. Used again within ten seconds it answers the
/// same (two tabs), later somebody has a copy, and the family ends.
/// </summary>
internal sealed class Sessions(AccessTokens tokens, ServerKeys keys, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private const int NonceSize = 12;
    private const int TagSize = 16;

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>A random token of 256 bits, for refreshing and for mails.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Begins a session.</summary>
    public async Task<TokensView> Begin(NpgsqlConnection db, Account account) =>
        await Next(db, account, await SessionStore.Begin(db, account.Id, Now));

    /// <returns>The next tokens, or null when the token does not hold; what follows from that is written, and is to be committed.</returns>
    public async Task<TokensView?> Rotate(NpgsqlConnection db, string token, CancellationToken ct)
    {
        var hash = Hash(token);
        var now = Now;
        if (await SessionStore.Lock(db, hash, now, ct) is not { IsOver: false } row)
            return null;
        if (row.UsedAt is { } used && now - used <= Grace && row.Answer is { } answer)
            return Unseal(answer, hash);
        if (row.UsedAt is not null)
        {
            await SessionStore.Revoke(db, row.Family, now);
            return null;
        }

        if (await AccountStore.ById(db, row.User, ct) is not { IsActive: true } account)
            return null;
        var next = await Next(db, account, row.Family);
        await SessionStore.Use(db, hash, now, Seal(next, hash));
        return next;
    }

    private async Task<TokensView> Next(NpgsqlConnection db, Account account, Guid family)
    {
        var refresh = NewToken();
        await SessionStore.Add(db, Hash(refresh), family, Now + Life);
        return new TokensView(tokens.Write(account.Id, account.Uuid, account.Version), refresh);
    }

    /// <summary>The database alone, or a copy of it, must not hold a token that works.</summary>
    private byte[] Seal(TokensView answer, byte[] tokenHash)
    {
        var plain = Encoding.UTF8.GetBytes($"{answer.Access}\n{answer.Refresh}");
        var sealedAnswer = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(sealedAnswer.AsSpan(0, NonceSize));
        using var aes = new AesGcm(keys.Sealing, TagSize);
        aes.Encrypt(
            sealedAnswer.AsSpan(0, NonceSize), plain, sealedAnswer.AsSpan(NonceSize + TagSize), sealedAnswer.AsSpan(NonceSize, TagSize), tokenHash);
        return sealedAnswer;
    }

    private TokensView? Unseal(byte[] sealedAnswer, byte[] tokenHash)
    {
        var plain = new byte[sealedAnswer.Length - NonceSize - TagSize];
        using var aes = new AesGcm(keys.Sealing, TagSize);
        try
        {
            aes.Decrypt(
                sealedAnswer.AsSpan(0, NonceSize), sealedAnswer.AsSpan(NonceSize + TagSize), sealedAnswer.AsSpan(NonceSize, TagSize), plain, tokenHash);
        }
        catch (AuthenticationTagMismatchException)
        {
            // Sealed under the secret before this one.
            return null;
        }

        return Encoding.UTF8.GetString(plain).Split('\n') is [var access, var refresh] ? new TokensView(access, refresh) : null;
    }
}
