using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Accounts;

/// <summary>Changes of a profile within a write, whichever contract asks for them.</summary>
internal sealed class ProfileEdits(IScreening screening)
{
    /// <returns>The account as it is after the change; an entry is appended only where anything changed.</returns>
    public async Task<Account> Apply(Write write, long user, ProfileChange change, Visibility visibility, CancellationToken ct)
    {
        var account = await AccountStore.Lock(write.Db, user, ct) ?? throw Failure.Unauthenticated();
        var changed = Profiles.Apply(account, change);
        if (changed != account)
            await AccountStore.Update(write.Db, changed, ct);
        var isSeenByOthers = visibility != default && await ProfileStore.SetVisibility(write.Db, user, visibility);
        if (changed != account || isSeenByOthers)
            write.Append(new Entry(Verb.EditProfile, ObjectKind.User, user) { Actor = user, Subject = user });
        if (changed.DisplayName != account.DisplayName || changed.Bio != account.Bio)
            await screening.Screen(write, ObjectKind.User, user, account.Uuid.ToString(), user, "bio", $"{changed.DisplayName}\n{changed.Bio}", ct);
        return changed;
    }
}

/// <summary>Who shall see a profile and what its owner does, as stored; null stays.</summary>
internal readonly record struct Visibility(short? Profile, short? Activity);
