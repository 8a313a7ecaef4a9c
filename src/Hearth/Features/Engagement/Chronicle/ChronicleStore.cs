using Hearth.Features.Engagement.Actions;
using Hearth.Features.Engagement.Boards;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Chronicle;

/// <summary>
/// The chronicle's statements. Whoever changes it holds the projection's checkpoint: the projection when it applies what is older than
/// the chronicle, and whoever writes a day. So a day that was computed before such a row and written after it is found out by the revision.
/// </summary>
internal static class ChronicleStore
{
    private const string Tables = "'engagement_users'::regclass::oid";

    private const string FindSql =
        $"""
        -- engagement.chronicle.find
        select c.people, c.began, c.who, c.at, c.gain from engagement_chronicle c, engagement_chronicle_state s
         where c.day = $1 and c.ranking = $2 and c.days = $3 and c.begins <= $4 and s.tables = {Tables}
         order by c.begins desc limit 1
        """;

    private const string ForgetSql =
        """
        -- engagement.chronicle.forget
        with state as (update engagement_chronicle_state set begins = case when begins > $1 then $1 else begins end, revision = revision + 1)
        delete from engagement_chronicle where day >= $1
        """;

    private const string AnnounceSql =
        $"""
        -- engagement.chronicle.announce
        update engagement_chronicle_state set until = $1, revision = revision + 1 where until < $1 and tables = {Tables}
        """;

    // A rebuild put other tables in the place of those that it told of.
    private const string BeginSql =
        $"""
        -- engagement.chronicle.begin
        with state as (
          update engagement_chronicle_state set until = $1, begins = null, tables = {Tables}, revision = revision + 1 where tables <> {Tables} returning tables)
        delete from engagement_chronicle where exists (select from state)
        """;

    private const string RevisionSql =
        $"""
        -- engagement.chronicle.revision
        select revision from engagement_chronicle_state where tables = {Tables}
        """;

    // A day is there with all rankings or not at all.
    private const string LackingSql =
        """
        -- engagement.chronicle.lacking
        with known as (select distinct day from engagement_chronicle)
        select max(d.day)
          from (select s.until - 1 as day from engagement_chronicle_state s union all select day - 1 from known) d, engagement_chronicle_state s
         where d.day < s.until and d.day >= coalesce(s.begins, '-infinity') and d.day not in (select day from known)
        """;

    private const string HasSql =
        """
        -- engagement.chronicle.has
        select exists (select from engagement_chronicle where day = $1)
        """;

    private const string AddSql =
        """
        -- engagement.chronicle.add
        insert into engagement_chronicle (day, ranking, days, begins, people, began, who, at, gain) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing
        """;

    private const string BeginsSql =
        """
        -- engagement.chronicle.begins
        update engagement_chronicle_state set begins = $1
        """;

    /// <returns>The part of a ranking's day that tells of a time; null where there is none, or where the tables are no longer those that it tells of.</returns>
    public static async Task<ChronicleDay?> Find(NpgsqlConnection db, Ranking ranking, int? days, DateTime time, CancellationToken ct)
    {
        var day = DateOnly.FromDateTime(time);
        await using var batch = new NpgsqlBatch(db);
        batch.Command(FindSql).Value(day).Value((short)ranking).Value(days ?? 0).Value(ChronicleDay.Microseconds(time.TimeOfDay));
        await using var row = await batch.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new ChronicleDay(
                day, row.GetFieldValue<long[]>(0), row.GetFieldValue<int[]>(1), row.GetFieldValue<int[]>(2), row.GetFieldValue<long[]>(3), row.GetFieldValue<int[]>(4))
            : null;
    }

    /// <summary>Takes back what is told of a day and those after it; in the projection's transaction.</summary>
    public static async Task Forget(NpgsqlConnection db, DateOnly from, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        batch.Command(ForgetSql).Value(from);
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Says that the days before this one are to be told. Afterwards no slice is under way that did not know, and what those before it wrote
    /// is there to be read.
    /// </summary>
    /// <returns>The revision that holds from now on.</returns>
    public static async Task<long> Announce(NpgsqlConnection db, string projection, DateOnly until, CancellationToken ct)
    {
        await using var transaction = await db.BeginTransactionAsync(ct);
        await ProjectionStore.Hold(db, projection, ct);
        await using var batch = new NpgsqlBatch(db);
        batch.Command(BeginSql).Value(until);
        batch.Command(AnnounceSql).Value(until);
        await batch.ExecuteNonQueryAsync(ct);
        var revision = await Revision(db, ct);
        await transaction.CommitAsync(ct);
        return revision!.Value;
    }

    /// <returns>The newest day that is lacking; null for none.</returns>
    public static async Task<DateOnly?> Lacking(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(LackingSql, db);
        return await command.ExecuteScalarAsync(ct) is DateOnly day ? day : null;
    }

    /// <returns>Whether the day is told.</returns>
    public static async Task<bool> Has(NpgsqlConnection db, DateOnly day, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        batch.Command(HasSql).Value(day);
        return await batch.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>Writes days that were computed since the revision was read, unless the past has changed meanwhile.</summary>
    /// <param name="db">Without a transaction.</param>
    /// <param name="projection">The projection that it follows from.</param>
    /// <param name="revision">What <see cref="Announce"/> told.</param>
    /// <param name="days">Each day of each ranking.</param>
    /// <param name="begins">The first day of all, where it was reached.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>Whether they were written.</returns>
    public static async Task<bool> Write(
        NpgsqlConnection db, string projection, long revision, IReadOnlyList<(Ranking Ranking, int? Days, ChronicleDay Day)> days, DateOnly? begins, CancellationToken ct)
    {
        await using var transaction = await db.BeginTransactionAsync(ct);
        await ProjectionStore.Hold(db, projection, ct);
        if (await Revision(db, ct) != revision)
            return false;
        await using var batch = new NpgsqlBatch(db);
        foreach (var (ranking, window, day) in days)
        {
            foreach (var (start, part) in day.Parts())
            {
                batch.Command(AddSql).Value(part.Day).Value((short)ranking).Value(window ?? 0).Value(start)
                    .Value(part.People).Value(part.Began).Value(part.Who).Value(part.At).Value(part.Gained);
            }
        }

        if (begins is { } first)
            batch.Command(BeginsSql).Value(first);
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static async Task<long?> Revision(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(RevisionSql, db);
        return (long?)await command.ExecuteScalarAsync(ct);
    }
}
