using Npgsql;

namespace Hearth.Features.Engagement.Predictions;

/// <summary>The statements on predictions.</summary>
internal static class PredictionStore
{
    // Today is not over. A community that has been quiet for weeks is told of as it was when it last was not.
    private const string LastDaySql =
        """
        -- engagement.predictions.last_day
        select case when max(day) > $1 - 28 then $1 - 1 else max(day) end from engagement_days where scope = 6 and scope_id = 0 and engagements > 0
        """;

    private const string WeeksSql =
        """
        -- engagement.predictions.weeks
        select d.scope_id, ($1 - d.day) / 7, sum(d.engagements)::int
          from engagement_days d
         where d.scope = 1 and d.engagements > 0 and d.day <= $1 and d.day > $1 - $2 * 7
           and d.scope_id in (
             select p.scope_id from engagement_days p
              where p.scope = 1 and p.engagements > 0 and p.day <= $1 and p.day > $1 - $2 * 7
              group by 1 order by hashint8(p.scope_id) limit $3)
         group by 1, 2
         order by 1
        """;

    private const string OneSql =
        """
        -- engagement.predictions.one
        select ($2 - d.day) / 7, sum(d.engagements)::int
          from engagement_days d
         where d.scope = 1 and d.scope_id = $1 and d.day <= $2 and d.day > $2 - $3 * 7
         group by 1
        """;

    private const string KeepSql =
        """
        -- engagement.models.keep
        insert into engagement_models (kind, trained_at, until, examples, held_out, held_out_weeks, error, naive_error, served, weights)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string LatestSql =
        """
        -- engagement.models.latest
        select kind, trained_at, until, examples, held_out, held_out_weeks, error, naive_error, served, weights
          from (values ('engagements'), ('leaving')) as k (name)
          cross join lateral (select * from engagement_models m where m.kind = k.name order by m.id desc limit 1) m
        """;

    public static async Task<DateOnly?> LastDay(NpgsqlConnection db, DateOnly today, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(LastDaySql, db) { Parameters = { new NpgsqlParameter<DateOnly> { TypedValue = today } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) && !row.IsDBNull(0) ? row.GetFieldValue<DateOnly>(0) : null;
    }

    /// <returns>Engagements by week of a sample of people, the latest last.</returns>
    public static async Task<List<int[]>> Weeks(NpgsqlConnection db, DateOnly until, int weeks, int most, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(WeeksSql, db)
        {
            CommandTimeout = 0,
            Parameters =
            {
                new NpgsqlParameter<DateOnly> { TypedValue = until },
                new NpgsqlParameter<int> { TypedValue = weeks },
                new NpgsqlParameter<int> { TypedValue = most },
            },
        };
        var people = new List<int[]>();
        var last = long.MinValue;
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            if (row.GetInt64(0) != last)
                people.Add(new int[weeks]);
            last = row.GetInt64(0);
            people[^1][weeks - 1 - row.GetInt32(1)] = row.GetInt32(2);
        }

        return people;
    }

    /// <returns>One person's last eight weeks.</returns>
    public static async Task<int[]> Weeks(NpgsqlConnection db, long user, DateOnly until, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(OneSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = user },
                new NpgsqlParameter<DateOnly> { TypedValue = until },
                new NpgsqlParameter<int> { TypedValue = Features.Weeks },
            },
        };
        var weeks = new int[Features.Weeks];
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            weeks[Features.Weeks - 1 - row.GetInt32(0)] = row.GetInt32(1);
        return weeks;
    }

    public static async Task Keep(NpgsqlConnection db, Model model, DateTime at, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(KeepSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = model.Kind },
                new NpgsqlParameter<DateTime> { TypedValue = at },
                new NpgsqlParameter<DateOnly> { TypedValue = model.Until },
                new NpgsqlParameter<int> { TypedValue = model.Examples },
                new NpgsqlParameter<int> { TypedValue = model.HeldOut },
                new NpgsqlParameter<int> { TypedValue = model.HeldOutWeeks },
                new NpgsqlParameter<double> { TypedValue = model.Error },
                new NpgsqlParameter<double> { TypedValue = model.NaiveError },
                new NpgsqlParameter<bool> { TypedValue = model.Served },
                new NpgsqlParameter<double[]> { TypedValue = model.Weights },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <returns>The latest model of each kind.</returns>
    public static async Task<List<(Model Model, DateTime TrainedAt)>> Latest(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(LatestSql, db);
        var models = new List<(Model, DateTime)>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            models.Add((
                new Model(
                    row.GetString(0),
                    row.GetFieldValue<DateOnly>(2),
                    row.GetInt32(3),
                    row.GetInt32(4),
                    row.GetInt32(5),
                    row.GetDouble(6),
                    row.GetDouble(7),
                    row.GetBoolean(8),
                    row.GetFieldValue<double[]>(9)),
                row.GetDateTime(1)));
        }

        return models;
    }
}
