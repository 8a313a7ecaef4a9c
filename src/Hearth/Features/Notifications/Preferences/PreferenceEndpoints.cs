using System.Globalization;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Notifications.Preferences;

/// <summary>By which ways a type comes.</summary>
/// <param name="InApp">In the list, and to open pages.</param>
/// <param name="Email">By mail, singly or in the digest.</param>
/// <param name="Push">To browsers that subscribed.</param>
internal sealed record ChannelsView(bool InApp, bool Email, bool Push);

/// <summary>Times as <c>HH:mm</c> on the clock of an IANA time zone. Mail and push wait until the end; the list does not.</summary>
internal sealed record QuietHoursView(string Start, string End, string TimeZone);

/// <param name="Types">Each type with its channels.</param>
/// <param name="Digest"><c>off</c>: a mail for each; <c>daily</c> and <c>weekly</c>: one mail at eight in the morning (on Mondays) of the reader's time zone.</param>
/// <param name="QuietHours">Null for none.</param>
/// <param name="SkillSummary">A mail on how one's skills did: <c>weekly</c>, on Mondays after a week in which something was done with them, or <c>off</c>.</param>
internal sealed record PreferencesView(IReadOnlyDictionary<string, ChannelsView> Types, string Digest, QuietHoursView? QuietHours, string SkillSummary);

/// <summary>Channels of a type to change; what is left out stays.</summary>
internal sealed record ChannelsRequest(bool? InApp, bool? Email, bool? Push);

/// <summary>What to change; what is left out stays. <c>quiet_hours: null</c> ends them.</summary>
internal sealed record PreferencesRequest(
    IReadOnlyDictionary<string, ChannelsRequest?>? Types, string? Digest, Field<QuietHoursView?> QuietHours = default, string? SkillSummary = null);

internal static class PreferenceEndpoints
{
    /// <summary>What I want to hear, and how</summary>
    public static async Task<IResult> Get(HttpContext http, NpgsqlDataSource source)
    {
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return Answer.Ok(View(await PreferenceStore.Find(db, http.Caller().UserId, http.RequestAborted)));
    }

    /// <summary>Change what I want to hear, and how</summary>
    public static async Task<IResult> Put(HttpContext http, Writes writes, TimeProvider time)
    {
        var ct = http.RequestAborted;
        var me = http.Caller().UserId;
        var request = await Body.Read<PreferencesRequest>(http);
        await using var write = await writes.Begin(http);
        await PreferenceStore.Hold(write.Db, me, ct);
        var before = await PreferenceStore.Find(write.Db, me, ct);
        var after = Change(before, request);
        await PreferenceStore.Save(write.Db, me, after, time.GetUtcNow().UtcDateTime, ct);
        // What is listed follows from the ledger, so this does, too; mail and push need no replay.
        if (after.InAppOff != before.InAppOff)
            write.Append(new Entry(Verb.MuteNotifications, ObjectKind.User, me) { Actor = me, Subject = me, Value = after.InAppOff });
        return await write.Commit(Answer.Ok(View(after)));
    }

    public static PreferencesView View(Preference preference) => new(
        NotificationTypes.All.ToDictionary(
            type => type.Name(),
            type => new ChannelsView((preference.InAppOff & type.Bit()) == 0, preference.WantsMail(type), preference.WantsPush(type)),
            StringComparer.Ordinal),
        Name(preference.Digest),
        preference.Quiet is { } quiet ? new QuietHoursView(Text(quiet.From), Text(quiet.To), quiet.Zone.Id) : null,
        preference.SkillSummary ? "weekly" : "off");

    private static Preference Change(Preference before, PreferencesRequest request)
    {
        var (inApp, email, push) = (before.InAppOff, before.EmailOff, before.PushOff);
        foreach (var (name, channels) in request.Types ?? new Dictionary<string, ChannelsRequest?>(StringComparer.Ordinal))
        {
            // A type of another version is as an unknown field.
            if (!NotificationTypes.TryParse(name, out var type))
                continue;
            if (channels is null)
                throw Failure.Invalid($"types.{name}", "Expected an object.");
            inApp = Set(inApp, type, channels.InApp);
            email = Set(email, type, channels.Email);
            push = Set(push, type, channels.Push);
        }

        var quiet = request.QuietHours.IsSet ? request.QuietHours.Value is { } view ? Quiet(view) : null : before.Quiet;
        return new Preference(inApp, email, push, request.Digest is { } digest ? Digest(digest) : before.Digest, quiet, Summary(request.SkillSummary) ?? before.SkillSummary);
    }

    private static int Set(int off, NotificationType type, bool? on) => on switch
    {
        true => off & ~type.Bit(),
        false => off | type.Bit(),
        null => off,
    };

    private static QuietHours Quiet(QuietHoursView view) => new(
        Clock("quiet_hours.start", view.Start),
        Clock("quiet_hours.end", view.End),
        Zones.Find(view.TimeZone) ?? throw Failure.Invalid("quiet_hours.time_zone", "Enter the IANA name of a time zone, such as Europe/Berlin."));

    private static TimeOnly Clock(string field, string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw Failure.Invalid(field, "Enter a time as HH:mm.");

    private static Digest Digest(string name) => name switch
    {
        "off" => Preferences.Digest.Off,
        "daily" => Preferences.Digest.Daily,
        "weekly" => Preferences.Digest.Weekly,
        _ => throw Failure.Invalid("digest", $"\"{name}\" is not a valid choice."),
    };

    private static bool? Summary(string? name) => name switch
    {
        null => null,
        "weekly" => true,
        "off" => false,
        _ => throw Failure.Invalid("skill_summary", $"\"{name}\" is not a valid choice."),
    };

    private static string Name(Digest digest) => digest switch
    {
        Preferences.Digest.Daily => "daily",
        Preferences.Digest.Weekly => "weekly",
        _ => "off",
    };

    private static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
