using System.Collections.Frozen;
using Hearth.Database;
using Hearth.Ledger;
using Hearth.Realtime.Sockets;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>Something happened to a skill; the figures are those of now.</summary>
/// <param name="Type">
/// <c>viewed</c>, <c>liked</c>, <c>unliked</c>, <c>downloaded</c>, <c>rated</c>, <c>commented</c>, <c>comment_edited</c>, <c>comment_removed</c>, <c>task_added</c>, <c>task_voted</c>,
/// <c>task_removed</c>, <c>edited</c>, <c>hidden</c>, <c>shown</c>, or <c>recounted</c> when what happened before counts no more or again.
/// </param>
internal sealed record SkillUpdate(
    Guid SkillId, string Type, int Likes, int Downloads, int Views, int CommentCount, SkillRating Rating, DateTime At);

/// <summary>The skill is gone, or not shown to the person any more: they are out of its room.</summary>
/// <param name="Type"><c>deleted</c> or <c>unavailable</c>.</param>
internal sealed record SkillGone(Guid SkillId, string Type);

/// <summary>
/// Tells the sockets in a skill's room what happens to it. Who may see it is looked at each time: whoever may not any more leaves the room
/// before they hear of it.
/// </summary>
internal sealed class SkillUpdates(SocketPeople people) : ISocketEvents
{
    private const string Event = "skill_update";

    private const string FiguresSql =
        """
        -- skills.live
        select id, uuid, likes, downloads, views, comment_count, rating_sum, rating_count from skills where id = any($1)
        """;

    private static readonly string SeersSql =
        $"""
        -- skills.seers
        select i.skill, i.reader
          from unnest($1::bigint[], $2::bigint[], $3::boolean[]) as i (skill, reader, moderator) join skills s on s.id = i.skill
         where {Sight.Visible("i.reader", "i.moderator")}
        """;

    private static readonly FrozenDictionary<Verb, string> Types = new Dictionary<Verb, string>
    {
        [Verb.ViewSkill] = "viewed",
        [Verb.LikeSkill] = "liked",
        [Verb.UnlikeSkill] = "unliked",
        [Verb.DownloadSkill] = "downloaded",
        [Verb.RateSkill] = "rated",
        [Verb.CommentSkill] = "commented",
        [Verb.ReplySkillComment] = "commented",
        [Verb.DeleteSkillComment] = "comment_removed",
        [Verb.CreateTask] = "task_added",
        [Verb.VoteTask] = "task_voted",
        [Verb.DeleteTask] = "task_removed",
        [Verb.EditSkill] = "edited",
        [Verb.DeleteSkill] = "deleted",
        [Verb.HideSkill] = "hidden",
        [Verb.UnhideSkill] = "shown",
    }.ToFrozenDictionary();

    public IReadOnlySet<Verb> Verbs { get; } = Types.Keys.ToFrozenSet();

    public async Task Compose(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, ICollection<SocketNews> news, CancellationToken ct)
    {
        var listening = new Dictionary<long, IReadOnlyList<SocketPerson>>();
        foreach (var skill in rows.Select(Skill).OfType<long>().Distinct())
        {
            if (people.In(SocketRooms.Skill(skill)) is { Count: > 0 } sockets)
                listening[skill] = sockets;
        }

        if (listening.Count == 0)
            return;
        var seers = await Seers(db, listening, ct);
        var figures = await Figures(db, [.. listening.Keys], ct);
        // Many views in one batch are one number: the last row tells it.
        var last = rows.Where(IsView).GroupBy(Skill).ToDictionary(views => views.Key ?? 0, views => views.Last().Id);
        foreach (var row in rows)
        {
            if (Skill(row) is not { } skill || !listening.TryGetValue(skill, out var sockets) || (IsView(row) && last[skill] != row.Id))
                continue;
            PutOut(row, skill, sockets.Where(one => !seers.Contains((skill, one.Caller.UserId))), news);
            if (figures.TryGetValue(skill, out var now))
                news.Add(new SocketNews(row.Id, Event, now with { Type = Type(row), At = row.At }, [SocketRooms.Skill(skill)]));
        }
    }

    private static bool IsView(LedgerRow row) => (row.Voided ?? row).Verb == Verb.ViewSkill;

    private static string Type(LedgerRow row)
    {
        if (row.Voided is not null)
            return "recounted";
        // Hiding a comment or a task is told as what it is for the skill.
        return (row.Verb, row.Kind) switch
        {
            (Verb.EditSkill, ObjectKind.SkillComment) => "comment_edited",
            (Verb.HideSkill, ObjectKind.SkillComment) => "comment_removed",
            (Verb.UnhideSkill, ObjectKind.SkillComment) => "commented",
            (Verb.HideSkill, ObjectKind.Task) => "task_removed",
            (Verb.UnhideSkill, ObjectKind.Task) => "task_added",
            _ => Types[row.Verb],
        };
    }

    private static void PutOut(LedgerRow row, long skill, IEnumerable<SocketPerson> sockets, ICollection<SocketNews> news)
    {
        foreach (var person in sockets)
        {
            person.Socket.Leave(SocketRooms.Skill(skill));
            if (person.Skills.TryRemove(skill, out var id))
                news.Add(new SocketNews(row.Id, Event, new SkillGone(id, row.Verb == Verb.DeleteSkill ? "deleted" : "unavailable"), [person.Socket.Id]));
        }
    }

    private static long? Skill(LedgerRow row) => SkillDetail.Skill(row.Voided ?? row);

    private static async Task<HashSet<(long Skill, long Reader)>> Seers(
        NpgsqlConnection db, Dictionary<long, IReadOnlyList<SocketPerson>> listening, CancellationToken ct)
    {
        var pairs = listening.SelectMany(room => room.Value.Select(one => (Skill: room.Key, one.Caller.UserId, one.Caller.IsModerator))).Distinct().ToList();
        var seers = new HashSet<(long, long)>();
        await using var command = Sql.Command(
            db, SeersSql, Sql.Array(pairs, pair => pair.Skill), Sql.Array(pairs, pair => pair.UserId), Sql.Array(pairs, pair => pair.IsModerator));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            seers.Add((row.GetInt64(0), row.GetInt64(1)));
        return seers;
    }

    private static async Task<Dictionary<long, SkillUpdate>> Figures(NpgsqlConnection db, long[] skills, CancellationToken ct)
    {
        var figures = new Dictionary<long, SkillUpdate>();
        await using var command = Sql.Command(db, FiguresSql, Sql.Array(skills));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            figures[row.GetInt64(0)] = new SkillUpdate(
                row.GetGuid(1), "", row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), SkillReads.Rating(row.GetInt32(6), row.GetInt32(7)), default);
        }

        return figures;
    }
}
