using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Accounts;

/// <summary>What people change of their profiles.</summary>
internal sealed class ProfileActions(Writes writes, Authenticator authenticator, ProfileReads reads)
{
    public async Task<Answer> Update(HttpContext http, ProfileUpdate update)
    {
        var ct = http.RequestAborted;
        var me = http.Caller().UserId;
        var privacy = update.Privacy ?? new PrivacyChange();
        var profile = Visibility("privacy.profile", privacy.Profile);
        var activity = Visibility("privacy.activity", privacy.Activity);
        await using (var write = await writes.Begin(http))
        {
            var account = await AccountStore.Lock(write.Db, me, ct) ?? throw Failure.NotFound();
            var changed = Profiles.Apply(account, new ProfileChange(update.DisplayName, update.Bio, update.ProfilePhoto, TimeZone: update.TimeZone));
            if (changed != account)
                await AccountStore.Update(write.Db, changed, ct);
            await ProfileStore.SetPrivacy(write.Db, me, profile, activity, privacy.ShowEmail.IsSet ? privacy.ShowEmail.Value : null);
            write.Append(new Entry(Verb.EditProfile, ObjectKind.User, me) { Actor = me, Subject = me });
            await write.Commit();
        }

        authenticator.Forget(me);
        return Answer.Ok(await reads.Get(me, http.Caller(), ct));
    }

    private static short? Visibility(string field, Field<string> value) => !value.IsSet
        ? null
        : Array.IndexOf(ProfileReads.Visibilities, value.Value) is var place && place >= 0
            ? (short)place
            : throw Failure.Invalid(field, $"\"{value.Value}\" is not a valid choice.");
}
