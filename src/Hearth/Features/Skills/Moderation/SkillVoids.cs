using Hearth.Database;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>
/// Likes, downloads, views, ratings and votes after rows are voided or restored: what the rows that still count say, for each person and
/// object. What people wrote stays: hiding and removing are acts of their own.
/// </summary>
internal sealed class SkillVoids : IVoidable
{
    // A like, a rating and a vote are what their last row says; a download and a view are there since the first.
    // The compensating rows are appended after this: $4 is what they name, $5 whether they void it.
    private const string StandingSql =
        """
        -- skills.standing
        with asked as materialized (
          select distinct * from unnest($1::bigint[], $2::smallint[], $3::bigint[]) as a (actor, family, object_id)),
        standing as (
          select distinct on (a.family, a.object_id, a.actor) a.family, a.object_id, a.actor, l.verb, l.value, l.at
            from asked a
            join ledger l on l.actor = a.actor and l.object_id = a.object_id and l.object_kind = case a.family when 122 then 15 else 13 end
           where l.actor = any ($1) and l.verb in (113, 114, 115, 116, 120, 122)
             and a.family = case l.verb when 114 then 113 else l.verb end
             and case when l.id = any ($4) then not $5
                      else coalesce((select v.verb = 101 from ledger v where v.voids = l.id and v.id > l.id order by v.id desc limit 1), true) end
           order by a.family, a.object_id, a.actor, case when a.family in (115, 120) then l.id else -l.id end)
        select a.family, a.object_id, a.actor, s.verb, s.value, s.at
          from asked a left join standing s using (family, object_id, actor)
         order by a.family, a.object_id, a.actor
        """;

    private const string LockSkillsSql = "-- skills.lock_voided\nselect id from skills where id = any($1) order by id for no key update";

    private const string LockTasksSql = "-- skill_tasks.lock_voided\nselect id from skill_tasks where id = any($1) order by id for no key update";

    public async Task Follow(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, bool voided, CancellationToken ct)
    {
        var mine = rows.Where(row => Family(row.Verb) is not null && row.Actor is not null).ToList();
        if (mine.Count == 0)
            return;
        await Lock(db, LockSkillsSql, mine.Where(row => row.Kind == ObjectKind.Skill), ct);
        await Lock(db, LockTasksSql, mine.Where(row => row.Kind == ObjectKind.Task), ct);
        var standing = await Standing(db, mine, voided, ct);
        await MarkStore.Likes.Restate(db, Marks(Verb.LikeSkill), ct);
        await MarkStore.Downloads.Restate(db, Marks(Verb.DownloadSkill), ct);
        await MarkStore.Views.Restate(db, Marks(Verb.ViewSkill), ct);
        await RatingStore.Set(
            db, [.. standing.Where(one => one.Family == Verb.RateSkill).Select(one => new Opinion(one.Id, one.Actor, one.Value ?? 0, one.At))], ct);
        await TaskStore.Vote(
            db, [.. standing.Where(one => one.Family == Verb.VoteTask).Select(one => new TaskVote(one.Id, one.Actor, one.Value ?? 0, one.At))], ct);

        List<(long, long, DateTime?)> Marks(Verb family) =>
            [.. standing.Where(one => one.Family == family).Select(one => (one.Id, one.Actor, one.Verb == family ? one.At : null))];
    }

    private static Verb? Family(Verb verb) => verb switch
    {
        Verb.LikeSkill or Verb.UnlikeSkill => Verb.LikeSkill,
        Verb.DownloadSkill or Verb.ViewSkill or Verb.RateSkill or Verb.VoteTask => verb,
        _ => null,
    };

    private static Task Lock(NpgsqlConnection db, string sql, IEnumerable<LedgerRow> rows, CancellationToken ct) =>
        Sql.Execute(db, sql, ct, Sql.Value(rows.Select(row => row.ObjectId).Distinct().ToArray()));

    private static async Task<List<State>> Standing(NpgsqlConnection db, List<LedgerRow> rows, bool voided, CancellationToken ct)
    {
        await using var command = Sql.Command(
            db,
            StandingSql,
            Sql.Array(rows, row => row.Actor!.Value),
            Sql.Array(rows, row => (short)Family(row.Verb)!.Value),
            Sql.Array(rows, row => row.ObjectId),
            Sql.Array(rows, row => row.Id),
            Sql.Value(voided));
        var states = new List<State>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            states.Add(new State(
                (Verb)reader.GetInt16(0),
                reader.GetInt64(1),
                reader.GetInt64(2),
                reader.IsDBNull(3) ? null : (Verb)reader.GetInt16(3),
                reader.IsDBNull(4) ? null : reader.GetInt32(4),
                reader.IsDBNull(5) ? null : reader.GetDateTime(5)));
        }

        return states;
    }

    /// <summary>The row that decides; no verb where no row counts.</summary>
    private sealed record State(Verb Family, long Id, long Actor, Verb? Verb, int? Value, DateTime? At);
}
