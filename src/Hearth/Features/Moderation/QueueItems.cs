using System.Text.Json;
using Hearth.Features.Moderation.Rings;
using Hearth.Features.Moderation.Scoring;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Moderation;

/// <summary>Reports with what they are about.</summary>
internal static class QueueItems
{
    public static async Task<Dictionary<Guid, QueueItem>> Of(
        NpgsqlConnection db, Content content, TextScorer scorer, IReadOnlyList<ReportReads.Item> rows, CancellationToken ct)
    {
        var found = new Dictionary<(ObjectKind, string), ModeratedObject>();
        foreach (var group in rows.GroupBy(row => row.On))
        {
            foreach (var (id, about) in await content.Find(db, group.Key, [.. group.Select(row => row.ContentId).Distinct(StringComparer.Ordinal)], ct))
                found[(group.Key, id)] = about;
        }

        var people = await ReportReads.People(db, found.Values.Select(about => about.Owner));
        var uuids = rows.Where(row => row.On == ObjectKind.Ring).Select(row => Guid.Parse(row.ContentId)).Distinct().ToArray();
        var rings = uuids.Length == 0 ? [] : await RingStore.Views(db, uuids);
        return rows.ToDictionary(row => row.Id, row => row.On == ObjectKind.Ring
            ? Item(row, null, people, scorer) with { Ring = rings.GetValueOrDefault(Guid.Parse(row.ContentId)) }
            : Item(row, found.GetValueOrDefault((row.On, row.ContentId)), people, scorer));
    }

    private static ScoreView Scored(Scores scores) => new(Math.Round(scores.Spam, 3), Math.Round(scores.Offensive, 3), scores.IsSure);

    private static QueueItem Item(ReportReads.Item row, ModeratedObject? about, Dictionary<long, PersonView> people, TextScorer scorer) => new(
        row.Id,
        Vocabulary.Type(row.On),
        row.ContentId,
        new ReportedContent(about is null ? null : people.GetValueOrDefault(about.Owner), about?.Text, about?.IsHidden ?? false, about is null ? null : Scored(scorer.Score(about.Text))),
        row.Reason,
        JsonSerializer.Deserialize(row.Reasons ?? "{}", ReasonsJson.Default.DictionaryStringInt32)!,
        row.Details,
        row.Reports,
        row.Source,
        row.Status,
        row.Priority,
        row.ClaimerId is { } claimer ? new PersonView(claimer, row.Claimer!) : null,
        row.Action,
        row.Note,
        row.Appeal,
        row.CreatedAt);
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, int>))]
internal sealed partial class ReasonsJson : System.Text.Json.Serialization.JsonSerializerContext;
