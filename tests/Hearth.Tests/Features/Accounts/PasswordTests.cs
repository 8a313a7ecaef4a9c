using Hearth.Features.Accounts;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.AspNetCore.Identity;

namespace Hearth.Tests.Features.Accounts;

public sealed class PasswordTests(HearthApp app) : IClassFixture<HearthApp>
{
    // From the test vectors of the first implementations.
    private const string HashOfA = "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe";

    [Theory]
    [InlineData(HashOfA, "a", true)]
    [InlineData("$2b$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe", "a", true)]
    [InlineData("$2y$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe", "a", true)]
    [InlineData(HashOfA, "b", false)]
    [InlineData(HashOfA, "a\0b", false)]
    [InlineData("$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxf", "a", false)]
    [InlineData("$2a$99$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe", "a", false)]
    public void Bcrypt_is_verified_by_the_C_library(string hash, string password, bool holds)
    {
        Assert.True(Bcrypt.IsHash(hash));
        Assert.Equal(holds, Bcrypt.Verify(hash, password));
    }

    [Theory]
    [InlineData("*0")]
    [InlineData("$1$abc$0123456789012345678901")]
    [InlineData("$6$rounds=999999999$salt$hash")]
    [InlineData("plain")]
    public async Task A_form_that_nobody_can_verify_is_wrong_and_no_fault(string hash)
    {
        using var passwords = new Passwords(new PasswordWork(1));
        Assert.Equal(PasswordVerificationResult.Failed, await passwords.Verify(hash, "plain", default));
        Assert.Equal(PasswordVerificationResult.Failed, await passwords.Verify(null, "plain", default));
    }

    [Fact]
    public async Task More_work_than_before_hashes_anew()
    {
        using var before = new Passwords(new PasswordWork(10));
        using var now = new Passwords(new PasswordWork(20));
        var hash = await before.Hash("a password", default);
        Assert.Equal(PasswordVerificationResult.Success, await before.Verify(hash, "a password", default));
        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, await now.Verify(hash, "a password", default));
    }

    [Fact]
    public async Task A_flood_is_asked_to_come_again()
    {
        using var passwords = new Passwords(new PasswordWork(3_000_000));
        using var enough = new CancellationTokenSource();
        // Two are worked on for seconds, a hundred wait.
        var flood = Enumerable.Range(0, 110).Select(_ => passwords.Hash("a password", enough.Token)).ToList();
        var refused = await Assert.ThrowsAsync<Failure>(() => flood[^1]);
        Assert.Equal(FailureKind.Unavailable, refused.Kind);
        await enough.CancelAsync();
        await Task.WhenAll(flood).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task Who_was_imported_with_bcrypt_signs_in_and_is_hashed_anew()
    {
        var amina = await app.SignUp("amina");
        await app.Db.Execute("update users set password_hash = $1 where id = $2", HashOfA, amina.Id);
        (await app.Anyone.Post("/api/auth/login", new { username = amina.Name, password = "a" })).Is(200);
        Assert.False(Bcrypt.IsHash((await app.Db.Scalar<string>("select password_hash from users where id = $1", amina.Id))!));
        (await app.Anyone.Post("/api/auth/login", new { username = amina.Name, password = "a" })).Is(200);
        (await app.Anyone.Post("/api/auth/login", new { username = amina.Name, password = "b" })).Is(401);
    }
}
