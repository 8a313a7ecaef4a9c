using Hearth.Features.Engagement.Kept;
using Hearth.Features.Engagement.Reputation;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Boards;

/// <summary>What lists show of a person.</summary>
internal sealed record PersonCard(long Id, string Username, string? Photo, bool IsPrivate, int Score);

/// <summary>People of rankings, as far as they may be shown: who is private is seen by nobody but themselves, and nobody whom a block keeps apart.</summary>
internal sealed class PeopleCards(BoardRoom boards, KeptFigures kept, RulesOfNow rules, Apart apart, TimeProvider time)
{
    private const string Sql =
        """
        -- engagement.people_cards
        select u.id, u.username, u.profile_photo, u.is_private, coalesce(e.score, 0)
          from unnest($1::bigint[]) as k (id)
          join users u on u.id = k.id
          left join engagement_users e on e.user_id = u.id
        """;

    // Some are private, and one's own place may be.
    private const int Spare = 10;

    /// <returns>The first people of a ranking, in order, with their level of now.</returns>
    public async Task<List<(PersonCard Card, int Value, string Level)>> First(
        IReadOnlyList<Place<int>> places, int limit, Caller? reader, CancellationToken ct)
    {
        var month = await boards.People(Ranking.Engagements, Days.Last(Days.Month, Days.Today(time)), ct);
        var now = (await rules.Timeline(ct)).At(time.GetUtcNow().UtcDateTime);
        var parted = await apart.Of(reader, ct);
        var shown = new List<(PersonCard, int, string)>(limit);
        foreach (var chunk in places.Chunk(limit + Spare))
        {
            var cards = await kept.Read("card", [.. chunk.Select(place => place.Id)], (db, ids) => Read(db, ids, ct), ct);
            foreach (var place in chunk)
            {
                if (shown.Count < limit && cards.TryGetValue(place.Id, out var card) && IsShown(card, reader, parted))
                    shown.Add((card, place.Value, now.LevelOf(month[place.Id] ?? 0)));
            }

            if (shown.Count == limit)
                break;
        }

        return shown;
    }

    private static bool IsShown(PersonCard card, Caller? reader, IReadOnlySet<long> parted) =>
        card.Id == reader?.UserId || (!card.IsPrivate && !parted.Contains(card.Id));

    private static async Task<Dictionary<long, Figures<PersonCard>>> Read(NpgsqlConnection db, long[] ids, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, db) { Parameters = { new NpgsqlParameter<long[]> { TypedValue = ids } } };
        var cards = new Dictionary<long, Figures<PersonCard>>(ids.Length);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var card = new PersonCard(
                row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetBoolean(3), row.GetInt32(4));
            cards.Add(card.Id, new Figures<PersonCard>(card, 1, [Topic.Person(card.Id), Topic.Rules]));
        }

        return cards;
    }
}
