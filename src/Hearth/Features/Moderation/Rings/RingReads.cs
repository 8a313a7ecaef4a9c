using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Moderation.Rings;

/// <summary>A ring as it was found.</summary>
internal sealed record RingFound(DateTime Since, DateTime Until, IReadOnlyList<RingMember> Members, RingFigures Figures);

/// <summary>
/// Who reacts to whom, from <c>engagement_actions</c> and <c>skill_likes</c>: what counts now, once for each person and object, without what was
/// taken back or is void.
/// </summary>
internal static class RingReads
{
    // Rows lie by time: the summary index on it keeps to the window. Likes of posts are 1, of comments 3.
    private const string TiesSql =
        """
        -- rings.ties
        with given as materialized (
          select actor, subject, count(*)::int as n, sum(count(*)) over (partition by actor) as of_all, sum(count(*)) over () as everything
            from (select actor, subject from engagement_actions where at >= $1 and verb in (1, 3) and subject is not null
                  union all
                  select l.user_id, s.author from skill_likes l join skills s on s.id = l.skill_id where l.at >= $1) likes
           where subject <> actor
           group by actor, subject)
        select a.actor, a.subject, a.n, a.of_all::int, a.everything::bigint
          from given a join given b on b.actor = a.subject and b.subject = a.actor
         where a.n >= $2 and b.n >= $2
        """;

    // By keys that begin with the actor.
    private const string GivenSql =
        """
        -- rings.given
        select actor, case when subject = any ($1) then subject else 0 end, count(*)::int
          from (select actor, subject from engagement_actions where actor = any ($1) and verb in (1, 3) and at >= $2 and subject is not null
                union all
                select l.user_id, s.author from skill_likes l join skills s on s.id = l.skill_id where l.user_id = any ($1) and l.at >= $2) likes
         where subject <> actor
         group by 1, 2
        """;

    private const string ReceivedSql =
        """
        -- rings.received
        select subject, count(*)::int
          from (select actor, subject from engagement_actions where subject = any ($1) and verb in (1, 3) and verb <> 10 and at >= $2
                union all
                select l.user_id, s.author from skills s join skill_likes l on l.skill_id = s.id where s.author = any ($1) and l.at >= $2) likes
         where actor <> subject
         group by 1
        """;

    /// <returns>The ties, what each of those tied gave in all, and what everybody gave.</returns>
    public static async Task<(List<Tie> Ties, Dictionary<long, int> Given, long All)> Ties(NpgsqlConnection db, DateTime since, CancellationToken ct)
    {
        var ties = new List<Tie>();
        var given = new Dictionary<long, int>();
        var all = 0L;
        await using var command = Sql.Command(db, TiesSql, Sql.Value(since), Sql.Value(RingMeasure.LeastTie));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            ties.Add(new Tie(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2)));
            given[row.GetInt64(0)] = row.GetInt32(3);
            all = row.GetInt64(4);
        }

        return (ties, given, all);
    }

    /// <returns>The ring that these people are; null where they are none.</returns>
    public static async Task<RingFound?> Judge(NpgsqlConnection db, long[] people, DateTime since, DateTime until, long all, CancellationToken ct)
    {
        var pairs = new Dictionary<(long From, long To), int>();
        var given = people.ToDictionary(person => person, _ => 0);
        await using (var command = Sql.Command(db, GivenSql, Sql.Array(people), Sql.Value(since)))
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct))
            {
                given[row.GetInt64(0)] += row.GetInt32(2);
                if (row.GetInt64(1) != 0)
                    pairs[(row.GetInt64(0), row.GetInt64(1))] = row.GetInt32(2);
            }
        }

        var received = people.ToDictionary(person => person, _ => 0);
        await using (var command = Sql.Command(db, ReceivedSql, Sql.Array(people), Sql.Value(since)))
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct))
                received[row.GetInt64(0)] = row.GetInt32(1);
        }

        var figures = RingMeasure.Figures(pairs, people.Length, given.Values.Sum(), received.Values.Sum(), all);
        if (!RingMeasure.IsRing(figures, people.Length, all))
            return null;
        var members = people.Select(person => new RingMember(
            person, pairs.Where(pair => pair.Key.From == person).Sum(pair => pair.Value), pairs.Where(pair => pair.Key.To == person).Sum(pair => pair.Value),
            given[person], received[person]));
        return new RingFound(since, until, [.. members], figures);
    }
}
