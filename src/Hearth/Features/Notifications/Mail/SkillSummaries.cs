using System.Globalization;
using Hearth.Database;
using Hearth.Features.Notifications.Preferences;
using Hearth.Jobs;
using Npgsql;

namespace Hearth.Features.Notifications.Mail;

/// <summary>
/// On Mondays, a mail to each author of skills with which something was done in the week before: how they did. A summary has the week in its
/// key, so that a crash, or a second run at once, tells nobody twice; the cursor moves once all of a week are enqueued.
/// </summary>
internal sealed class SkillSummaries(NpgsqlDataSource source, DeliverySignal signal, TimeProvider time) : ScheduledJob
{
    private const int Chunk = 500;

    private const string CursorSql = "-- skill_summaries.cursor\nselect up_to from skill_summary_cursor";

    private const string MoveSql = "-- skill_summaries.move\nupdate skill_summary_cursor set up_to = $1 where up_to < $1";

    private const string ReadersSql =
        $"""
        -- skill_summaries.readers
        select u.id, coalesce(p.time_zone, u.time_zone), {PreferenceStore.Columns}
          from users u left join notification_preferences p on p.user_id = u.id
         where u.id > $1 and u.is_active and u.email is not null and u.email_verified and coalesce(p.skill_summary, true)
           and exists (
               select from skills s join analytics_skill_days d on d.skill_id = s.id and d.day >= $2 and d.day < $3
                where s.author = u.id and greatest(d.views, d.likes, d.downloads, d.comments, d.ratings) > 0)
         order by u.id limit $4
        """;

    public override string Name => "skill_summaries";

    public override TimeSpan Period => TimeSpan.FromHours(1);

    public override async Task<string> Run(CancellationToken ct)
    {
        var monday = SummaryWeek.Last(time.GetUtcNow().UtcDateTime);
        await using var db = await source.OpenConnectionAsync(ct);
        await using (var cursor = Sql.Command(db, CursorSql))
        {
            if ((DateOnly)(await cursor.ExecuteScalarAsync(ct))! >= monday.Until)
                return "no week is over";
        }

        var (after, mails) = (0L, 0);
        List<(long User, DateTime Due)> readers;
        do
        {
            readers = await Readers(db, after, monday, ct);
            mails += await Deliveries.Enqueue(db, [.. readers.Select(reader => WaitingMail.Summary(reader.User, monday, reader.Due))], ct);
            after = readers.Count > 0 ? readers[^1].User : after;
        }
        while (readers.Count == Chunk);
        await Sql.Execute(db, MoveSql, ct, Sql.Value(monday.Until));
        if (mails > 0)
            signal.Raise();
        return string.Create(CultureInfo.InvariantCulture, $"{mails} summaries");
    }

    private static async Task<List<(long User, DateTime Due)>> Readers(NpgsqlConnection db, long after, SummaryWeek week, CancellationToken ct)
    {
        var readers = new List<(long, DateTime)>();
        await using var command = Sql.Command(db, ReadersSql, Sql.Value(after), Sql.Value(week.From), Sql.Value(week.Until), Sql.Value(Chunk));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var morning = DigestWindow.Morning(week.Until, Zones.Find(row.TextOrNull(1)) ?? TimeZoneInfo.Utc);
            readers.Add((row.GetInt64(0), PreferenceStore.Read(row, 2).Quiet?.Until(morning) ?? morning));
        }

        return readers;
    }
}

/// <summary>Seven days (UTC) from a Monday to the one before which they end.</summary>
internal readonly record struct SummaryWeek(DateOnly Until)
{
    public DateOnly From => Until.AddDays(-7);

    public DateOnly Before => Until.AddDays(-14);

    /// <returns>The last that is over.</returns>
    public static SummaryWeek Last(DateTime utc)
    {
        var day = DateOnly.FromDateTime(utc);
        return new SummaryWeek(day.AddDays(-(((int)day.DayOfWeek + 6) % 7)));
    }
}
