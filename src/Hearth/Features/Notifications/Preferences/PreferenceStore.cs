using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Notifications.Preferences;

/// <summary>The statements of preferences.</summary>
internal static class PreferenceStore
{
    public const string Columns =
        "coalesce(p.in_app_off, 0), coalesce(p.email_off, 0), coalesce(p.push_off, 0), coalesce(p.digest, 0::smallint), p.quiet_from, p.quiet_to, p.time_zone, coalesce(p.skill_summary, true)";

    private const string FindSql = $"-- preferences.find\nselect {Columns} from notification_preferences p where p.user_id = $1";

    private const string HoldSql =
        """
        -- preferences.hold
        insert into notification_preferences (user_id) values ($1) on conflict do nothing;
        select from notification_preferences where user_id = $1 for update
        """;

    // A digest that begins covers what comes from now on.
    private const string SaveSql =
        """
        -- preferences.save
        update notification_preferences
           set in_app_off = $2, email_off = $3, push_off = $4, digest_until = case when digest = 0 and $5 > 0 then $9 else digest_until end,
               digest = $5, quiet_from = $6, quiet_to = $7, time_zone = $8, skill_summary = $10
         where user_id = $1
        """;

    public static async Task<Preference> Find(NpgsqlConnection db, long user, CancellationToken ct)
    {
        await using var command = Sql.Command(db, FindSql, Sql.Value(user));
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader, 0) : Preference.Default;
    }

    /// <summary>Takes the person's row, so that two changes at once follow each other.</summary>
    public static async Task Hold(NpgsqlConnection db, long user, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        foreach (var statement in HoldSql.Split(';'))
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement) { Parameters = { Sql.Value(user) } });
        await batch.ExecuteNonQueryAsync(ct);
    }

    public static Task Save(NpgsqlConnection db, long user, Preference preference, DateTime now, CancellationToken ct) => Sql.Execute(
        db,
        SaveSql,
        ct,
        Sql.Value(user),
        Sql.Value(preference.InAppOff),
        Sql.Value(preference.EmailOff),
        Sql.Value(preference.PushOff),
        Sql.Value((short)preference.Digest),
        Sql.Value(preference.Quiet?.From),
        Sql.Value(preference.Quiet?.To),
        Sql.Value(preference.Quiet?.Zone.Id),
        Sql.Time(now),
        Sql.Value(preference.SkillSummary));

    /// <summary>Reads <see cref="Columns"/> from an ordinal on.</summary>
    public static Preference Read(NpgsqlDataReader row, int from)
    {
        var quiet = row.IsDBNull(from + 4) || row.IsDBNull(from + 5) || Zones.Find(row.IsDBNull(from + 6) ? null : row.GetString(from + 6)) is not { } zone
            ? null
            : new QuietHours(row.GetFieldValue<TimeOnly>(from + 4), row.GetFieldValue<TimeOnly>(from + 5), zone);
        return new Preference(row.GetInt32(from), row.GetInt32(from + 1), row.GetInt32(from + 2), (Digest)row.GetInt16(from + 3), quiet, row.GetBoolean(from + 7));
    }
}
