using Hearth.Features.Engagement.Actions;
using Hearth.Features.Engagement.Boards;
using Npgsql;

namespace Hearth.Features.Engagement.Chronicle;

/// <summary>How many of their comments others liked.</summary>
internal sealed class PastHelpful(int? days) : PastRanking(Ranking.Helpful, days)
{
    private const string LikesSql =
        """
        (select id, sum(n)::int as n
           from (select a.id, 1 as n from engagement_actions a
                  where a.verb = 3 and a.subject <> a.actor and a.subject = k.subject and a.object_id = k.object_id and a.at >= {0} and a.at < {1}
                 union all
                 select c.action_id, -c.sign from engagement_changes c
                  where c.verb = 3 and c.subject <> c.actor and c.subject = k.subject and c.object_id = k.object_id
                    and c.at >= {2} and c.action_at >= {0} and c.action_at < {1}) marks
          group by id having sum(n) <> 0)
        """;

    private static readonly string LikedSql =
        $"""
        -- engagement.chronicle.likes
        select k.n::int, l.id, l.n
          from unnest($1::bigint[], $2::bigint[]) with ordinality as k (subject, object_id, n), lateral {Likes("$3", "$4", "$4")} l
        """;

    // Comments liked on the day ($1 to $2), and between it and the time ($3) no more. The day first: it is found by where it lies alone.
    private static readonly string LeftSql =
        $"""
        -- engagement.chronicle.helpful_left
        with of_the_day as materialized (
          select subject, actor, object_id, verb from engagement_actions where at >= $1 and at < $2),
        liked as materialized (
          select subject, object_id from of_the_day where verb = 3 and subject <> actor
          union
          select subject, object_id from engagement_changes where verb = 3 and subject <> actor and action_at >= $1 and action_at < $2)
        select k.subject, count(*)::int from liked k
         where exists (select from {Likes("$1", "$2", "$3")} l where l.n > 0) and not exists (select from {Likes("$2", "$3", "$3")} l where l.n > 0)
         group by 1
        """;

    /// <summary>
    /// Of a comment <c>k (subject, object_id)</c>, as rows <c>(id, n)</c>: likes of others from a time until (exclusive) another that were marked
    /// as counting before a third, and how often.
    /// </summary>
    public static string Likes(string from, string until, string known) =>
        LikesSql.Replace("{0}", from, StringComparison.Ordinal).Replace("{1}", until, StringComparison.Ordinal).Replace("{2}", known, StringComparison.Ordinal);

    protected override async Task<List<Gain>> Gains(NpgsqlConnection db, DayRows rows, CancellationToken ct)
    {
        var marks = rows.Marks().Concat(Late(rows).Select(change => (change.At, change.Action, change.Sign)))
            .Where(mark => mark.Action.Helper is not null).OrderBy(mark => mark.At).ToList();
        var likes = marks.Select(mark => Comment(mark.Action)).Distinct().ToDictionary(comment => comment, _ => 0);
        var presence = new Presence();
        foreach (var (comment, like, n) in await Liked(db, [.. likes.Keys], Midnight(First(rows.Day)), rows.Start, ct))
        {
            presence.Begin(like, n);
            likes[comment] += n > 0 ? 1 : 0;
        }

        var gains = new List<Gain>();
        foreach (var (at, action, sign) in presence.Follow(marks))
        {
            var n = likes[Comment(action)] += sign;
            if (n == (sign > 0 ? 1 : 0))
                gains.Add(new Gain(action.Helper!.Value, at, sign));
        }

        return gains;
    }

    protected override IEnumerable<(long Person, int N)> Came(DayRows rows, List<Gain> gains) => gains.Select(gain => (gain.Person, gain.N));

    protected override async Task<IEnumerable<(long Person, int N)>> Left(NpgsqlConnection db, DayRows day, DateTime known, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        batch.Command(LeftSql).Value(day.Start).Value(day.End).Value(known);
        var left = new List<(long, int)>();
        await using var row = await batch.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            left.Add((row.GetInt64(0), row.GetInt32(1)));
        return left;
    }

    private static (long Subject, long Object) Comment(PastAction action) => (action.Helper!.Value, action.ObjectId);

    private static async Task<List<((long Subject, long Object) Comment, long Like, int N)>> Liked(
        NpgsqlConnection db, List<(long Subject, long Object)> comments, DateTime from, DateTime at, CancellationToken ct)
    {
        var liked = new List<((long, long), long, int)>();
        if (comments.Count == 0)
            return liked;
        await using var batch = new NpgsqlBatch(db);
        batch.Command(LikedSql).Column(comments, one => one.Subject).Column(comments, one => one.Object).Value(from).Value(at);
        await using var row = await batch.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            liked.Add((comments[row.GetInt32(0) - 1], row.GetInt64(1), row.GetInt32(2)));
        return liked;
    }
}
