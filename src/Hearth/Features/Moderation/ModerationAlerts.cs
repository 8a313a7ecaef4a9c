using System.Collections.Frozen;
using Hearth.Database;
using Hearth.Ledger;
using Hearth.Realtime.Sockets;
using Npgsql;

namespace Hearth.Features.Moderation;

/// <summary>Something waits for moderators.</summary>
/// <param name="Type"><c>report</c>, or <c>appeal</c> of a decision.</param>
/// <param name="Source">What reported it, where it was not a person: a rule, or the scorer.</param>
internal sealed record ModerationAlert(
    string Type, Guid ReportId, string ContentType, string ContentId, string Reason, int Severity, int Priority, string Status, string? Source, DateTime CreatedAt);

/// <summary>Tells moderators of reports and appeals as they come; the one whom it is about hears nothing, moderator or not, nor does a member of a ring.</summary>
internal sealed class ModerationAlerts(SocketPeople people) : ISocketEvents
{
    // Who reported it finds the report; rules and the scorer have no name there.
    private const string WaitingSql =
        """
        -- reports.alerts
        select i.row, r.uuid, r.object_kind, r.content_id, r.reason, r.severity, r.priority, r.status, r.source, r.owner, r.created_at,
               case when r.object_kind = 21 then array(select m.user_id from ring_members m where m.ring_id = r.object_id) else '{}' end
          from unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::bigint[], $5::boolean[]) as i (row, kind, object, actor, appeal)
         cross join lateral (
           select * from reports r
            where r.object_kind = i.kind and r.object_id = i.object and r.status = case when i.appeal then 'appealed' else 'open' end
              and (i.appeal or r.reporter is not distinct from i.actor)
            order by r.id desc limit 1) r
         order by i.row
        """;

    public IReadOnlySet<Verb> Verbs { get; } = new[] { Verb.Report, Verb.AppealDecision }.ToFrozenSet();

    public async Task Compose(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, ICollection<SocketNews> news, CancellationToken ct)
    {
        var told = rows.Where(row => row.Voided is null).ToList();
        if (told.Count == 0 || people.In(SocketRooms.Moderators).Count == 0)
            return;
        await using var command = Sql.Command(
            db, WaitingSql, Sql.Array(told, row => row.Id), Sql.Array(told, row => (short)row.Kind), Sql.Array(told, row => row.ObjectId),
            new NpgsqlParameter<long?[]> { TypedValue = [.. told.Select(row => row.Actor)] }, Sql.Array(told, row => row.Verb == Verb.AppealDecision));
        await using var found = await command.ExecuteReaderAsync(ct);
        while (await found.ReadAsync(ct))
        {
            var row = told.First(one => one.Id == found.GetInt64(0));
            var alert = new ModerationAlert(
                row.Verb == Verb.AppealDecision ? "appeal" : "report",
                found.GetGuid(1),
                Vocabulary.Type((ObjectKind)found.GetInt16(2)),
                found.GetString(3),
                found.GetString(4),
                found.GetInt16(5),
                found.GetInt16(6),
                found.GetString(7),
                found.TextOrNull(8),
                found.GetDateTime(10));
            news.Add(new SocketNews(row.Id, "moderation_alert", alert, [SocketRooms.Moderators])
            {
                Except = [SocketRooms.Person(found.GetInt64(9)), .. found.GetFieldValue<long[]>(11).Select(SocketRooms.Person)],
            });
        }
    }
}
