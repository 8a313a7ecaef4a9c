using System.Collections.Concurrent;

namespace Hearth.Platform;

/// <summary>
/// Tells who a token belongs to; for requests and for sockets. What was once verified is remembered until it ends, or
/// until the account changes: then <see cref="Forget"/> makes the next request look again.
/// </summary>
internal sealed class Authenticator : ICacheHolder
{
    private const int SweepEvery = 4096;
    private const int Most = 100_000;

    /// <summary>Should this node's tail of the ledger stand still, a change still takes effect after this.</summary>
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(60);

    private readonly AccessTokens tokens;
    private readonly AccessStore store;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Known>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly ConcurrentDictionary<long, Standing> people = new();
    private readonly ConcurrentDictionary<long, Standing> services = new();
    private readonly HitCount looks = new();
    private int added;

    public Authenticator(AccessTokens tokens, AccessStore store, TimeProvider clock)
    {
        (this.tokens, this.store, this.clock) = (tokens, store, clock);
        lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyList<NodeCache> Caches => [new("tokens", Trusted, Figures, Clear) { Forget = Forget }];

    /// <returns>The caller, or null for a token that does not hold.</returns>
    public ValueTask<Caller?> Authenticate(string token) => Authenticate(token.AsSpan());

    /// <inheritdoc cref="Authenticate(string)"/>
    public ValueTask<Caller?> Authenticate(ReadOnlySpan<char> token)
    {
        if (lookup.TryGetValue(token, out var found))
        {
            if (!found.Standing.IsOld && clock.GetUtcNow().Ticks < found.Until)
            {
                looks.Count(hit: true);
                return new ValueTask<Caller?>(found.Caller);
            }

            lookup.TryRemove(token, out _);
        }

        looks.Count(hit: false);
        return new ValueTask<Caller?>(Look(token.ToString()));
    }

    /// <summary>The account changed: its tokens are looked at anew.</summary>
    public void Forget(long userId) => Age(people, userId);

    public void ForgetServiceToken(long id) => Age(services, id);

    private CacheFigures Figures() => new(known.Count, known.Sum(entry => 200L + (2 * entry.Key.Length)), looks.Hits, looks.Misses);

    private void Clear()
    {
        foreach (var id in people.Keys)
            Age(people, id);
        foreach (var id in services.Keys)
            Age(services, id);
        known.Clear();
    }

    private static void Age(ConcurrentDictionary<long, Standing> standings, long id)
    {
        if (standings.TryRemove(id, out var standing))
            standing.IsOld = true;
    }

    private Task<Caller?> Look(string token) =>
        token.StartsWith(ServiceTokens.Prefix, StringComparison.Ordinal) ? LookForService(token) : LookForPerson(token);

    private async Task<Caller?> LookForPerson(string token)
    {
        if (tokens.Read(token) is not { } claims)
            return null;
        // In place before the row is read: a change that commits meanwhile ages it.
        var standing = Place(people, claims.UserId);
        var account = await store.Account(claims.UserId);
        if (account is null || !account.IsActive || account.Version != claims.Version || account.Uuid != claims.Uuid)
            return null;
        var caller = new Caller(claims.UserId, account.Uuid, account.Roles, account.Tenant, account.Version) { ExpiresAt = claims.ExpiresAt };
        Remember(token, caller, standing);
        return caller;
    }

    private async Task<Caller?> LookForService(string token)
    {
        if (await store.ServiceToken(ServiceTokens.Hash(token)) is not { } found)
            return null;
        var standing = Place(services, found.Id);
        // Read again now that a revocation would be noticed.
        if (await store.ServiceToken(ServiceTokens.Hash(token)) is not { } service)
            return null;
        var caller = new Caller(0, Guid.Empty, Roles.None, service.Tenant, 0)
        {
            ServiceToken = service.Id,
            Scopes = service.Scopes,
            ExpiresAt = service.ExpiresAt,
        };
        Remember(token, caller, standing);
        return caller;
    }

    private static Standing Place(ConcurrentDictionary<long, Standing> standings, long id) => standings.GetOrAdd(id, static _ => new Standing());

    private void Remember(string token, Caller caller, Standing standing)
    {
        var now = clock.GetUtcNow();
        var until = now + Trusted;
        known[token] = new Known(caller, standing, Math.Min(until.Ticks, (caller.ExpiresAt ?? until).Ticks));
        if (Interlocked.Increment(ref added) % SweepEvery == 0)
            Sweep(now.Ticks);
    }

    private void Sweep(long now)
    {
        foreach (var (token, entry) in known)
        {
            if (entry.Standing.IsOld || entry.Until <= now)
                known.TryRemove(token, out _);
        }

        if (known.Count > Most)
            known.Clear();
        if (people.Count <= Most)
            return;
        foreach (var id in people.Keys)
            Age(people, id);
    }

    /// <summary>One account as far as it was looked at; shared by its tokens.</summary>
    private sealed class Standing
    {
        private volatile bool isOld;

        public bool IsOld
        {
            get => isOld;
            set => isOld = value;
        }
    }

    private sealed record Known(Caller Caller, Standing Standing, long Until);
}
