using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Accounts;

/// <summary>What people change of their profiles.</summary>
internal sealed class ProfileActions(Writes writes, ProfileEdits edits, ProfileReads reads)
{
    public async Task<Answer> Update(HttpContext http, ProfileUpdate update)
    {
        var ct = http.RequestAborted;
        var me = http.Caller().UserId;
        var privacy = update.Privacy ?? new PrivacyChange();
        var visibility = new Visibility(Place("privacy.profile", privacy.Profile), Place("privacy.activity", privacy.Activity));
        var change = new ProfileChange(update.DisplayName, update.Bio, update.ProfilePhoto, privacy.ShowEmail, TimeZone: update.TimeZone);
        await using (var write = await writes.Begin(http))
        {
            await edits.Apply(write, me, change, visibility, ct);
            await write.Commit();
        }

        return Answer.Ok(await reads.Get(me, http.Caller(), ct));
    }

    private static short? Place(string field, Field<string> value) => !value.IsSet
        ? null
        : Array.IndexOf(ProfileReads.Visibilities, value.Value) is var place && place >= 0
            ? (short)place
            : throw Failure.Invalid(field, $"\"{value.Value}\" is not a valid choice.");
}
