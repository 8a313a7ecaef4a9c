using Hearth.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Hearth.Features.Accounts;

/// <summary>How much work a password's hash costs; a test may make it less.</summary>
internal sealed record PasswordWork(int Iterations = 210_000);

/// <summary>
/// Hashes and verifies passwords, PBKDF2 with HMAC-SHA512. One takes some 80 ms of a core, so that two are worked on at once,
/// a few wait, and more are asked to come again: a flood of logins cannot starve the rest.
/// </summary>
internal sealed class Passwords(PasswordWork work) : IDisposable
{
    private const int MostWaiting = 100;

    private static readonly object Nobody = new();

    private readonly PasswordHasher<object> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = work.Iterations }));
    private readonly SemaphoreSlim turns = new(2, 2);
    private readonly Lazy<string> decoy = new(() => new PasswordHasher<object>(
        Options.Create(new PasswordHasherOptions { IterationCount = work.Iterations })).HashPassword(Nobody, Guid.NewGuid().ToString()));

    private int waiting;

    public Task<string> Hash(string password, CancellationToken ct) =>
        InTurn(() => hasher.HashPassword(Nobody, password), ct);

    /// <summary>Takes as long for an account that is not there: its hash is null then.</summary>
    public Task<PasswordVerificationResult> Verify(string? hash, string password, CancellationToken ct) =>
        InTurn(() => Check(hash, password), ct);

    public void Dispose() => turns.Dispose();

    private PasswordVerificationResult Check(string? hash, string password)
    {
        if (hash is null)
        {
            hasher.VerifyHashedPassword(Nobody, decoy.Value, password);
            return PasswordVerificationResult.Failed;
        }

        if (Bcrypt.IsHash(hash))
            return Bcrypt.Verify(hash, password) ? PasswordVerificationResult.SuccessRehashNeeded : PasswordVerificationResult.Failed;
        try
        {
            return hasher.VerifyHashedPassword(Nobody, hash, password);
        }
        catch (FormatException)
        {
            // An import brought a form that nobody can verify: that person resets the password.
            return PasswordVerificationResult.Failed;
        }
    }

    private async Task<T> InTurn<T>(Func<T> compute, CancellationToken ct)
    {
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw Failure.Unavailable("Too many people sign in at this moment. Please try again.", TimeSpan.FromSeconds(2));
        }

        try
        {
            await turns.WaitAsync(ct);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }

        try
        {
            return await Task.Run(compute, CancellationToken.None);
        }
        finally
        {
            turns.Release();
        }
    }
}
