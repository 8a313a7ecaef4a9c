using System.Globalization;
using Hearth.Database;
using Hearth.Features.Notifications.Preferences;
using Hearth.Features.Notifications.Reading;
using Hearth.Jobs;
using Npgsql;

namespace Hearth.Features.Notifications.Mail;

/// <summary>
/// One mail for each window of a reader who wants digests. The reader's row says until when they have been told: it moves in the transaction
/// that enqueues the mail, so that a crash or a second node neither leaves a window out nor tells one twice.
/// </summary>
internal sealed class Digests(NpgsqlDataSource source, DeliverySignal signal, TimeProvider time) : ScheduledJob
{
    private const int Chunk = 500;

    private const string ReadersSql =
        $"""
        -- digests.readers
        select p.user_id, p.digest_until, coalesce(p.time_zone, u.time_zone), {PreferenceStore.Columns}
          from notification_preferences p join users u on u.id = p.user_id
         where p.digest > 0 and p.user_id > $1 and u.is_active and u.email is not null
         order by p.user_id limit $2
        """;

    private const string MoveSql =
        """
        -- digests.move
        update notification_preferences set digest_until = $3 where user_id = $1 and digest > 0 and digest_until = $2
        """;

    public override string Name => "notification_digests";

    public override TimeSpan Period => TimeSpan.FromHours(1);

    public override bool IsBatch => true;

    public override async Task<string> Run(CancellationToken ct)
    {
        var (after, mails) = (0L, 0);
        List<DigestReader> readers;
        await using var db = await source.OpenConnectionAsync(ct);
        do
        {
            readers = await Readers(db, after, ct);
            foreach (var reader in readers)
            {
                mails += await Tell(db, reader, ct) ? 1 : 0;
                after = reader.User;
            }
        }
        while (readers.Count == Chunk);
        if (mails > 0)
            signal.Raise();
        return string.Create(CultureInfo.InvariantCulture, $"{mails} digests");
    }

    /// <returns>Whether there was something to tell.</returns>
    private async Task<bool> Tell(NpgsqlConnection db, DigestReader reader, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var end = DigestWindow.LastEnd(reader.Preference.Digest, reader.Zone, now);
        if (end <= reader.Until)
            return false;
        await using var transaction = await db.BeginTransactionAsync(ct);
        if (await Sql.Execute(db, MoveSql, ct, Sql.Value(reader.User), Sql.Time(reader.Until), Sql.Time(end)) != 1)
            return false;
        var any = (await NotificationReads.Between(db, reader.User, reader.Until, end, reader.Preference.EmailOff, ct)).Count > 0;
        if (any)
            await Deliveries.Enqueue(db, WaitingMail.Digest(reader.User, reader.Until, end, reader.Preference.Quiet?.Until(now)), ct);
        await transaction.CommitAsync(ct);
        return any;
    }

    private static async Task<List<DigestReader>> Readers(NpgsqlConnection db, long after, CancellationToken ct)
    {
        var readers = new List<DigestReader>();
        await using var command = Sql.Command(db, ReadersSql, Sql.Value(after), Sql.Value(Chunk));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            readers.Add(new DigestReader(
                row.GetInt64(0), row.GetDateTime(1), Zones.Find(row.IsDBNull(2) ? null : row.GetString(2)) ?? TimeZoneInfo.Utc, PreferenceStore.Read(row, 3)));
        }

        return readers;
    }

    private sealed record DigestReader(long User, DateTime Until, TimeZoneInfo Zone, Preference Preference);
}

/// <summary>When digests are due: at eight in the morning on the reader's clock, daily or on Mondays.</summary>
internal static class DigestWindow
{
    private static readonly TimeOnly Eight = new(8, 0);

    /// <returns>The end of the last window that is over (UTC).</returns>
    public static DateTime LastEnd(Digest digest, TimeZoneInfo zone, DateTime utc)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone)).AddDays(1);
        while (true)
        {
            if ((digest == Digest.Daily || day.DayOfWeek == DayOfWeek.Monday) && Morning(day, zone) is var end && end <= utc)
                return end;
            day = day.AddDays(-1);
        }
    }

    /// <returns>Eight in the morning (UTC).</returns>
    public static DateTime Morning(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(Eight);
        // No zone of today skips eight in the morning; one that once did is an hour later then.
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
    }
}
