using Hearth.Features.Engagement.Reputation;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Boards;

/// <summary>What lists show of a person.</summary>
internal sealed record PersonCard(long Id, string Username, string? Photo, bool IsHiding, int Score);

/// <summary>People of rankings, as far as they may be shown: who is private is seen by nobody but themselves, and nobody whom a block keeps apart.</summary>
internal sealed class PeopleCards(BoardRoom boards, NpgsqlDataSource source, TimeProvider time)
{
    private static readonly string Sql =
        $"""
        -- engagement.people_cards
        select u.id, u.username, u.profile_photo, u.is_private or {Blocks.Part("$2", "u.id")}, coalesce(e.score, 0)
          from unnest($1::bigint[]) as k (id)
          join users u on u.id = k.id
          left join engagement_users e on e.user_id = u.id
        """;

    private const int AtOnce = 60;

    /// <returns>The first people of a ranking, in order, with their level of now.</returns>
    public async Task<List<(PersonCard Card, int Value, string Level)>> First(
        IReadOnlyList<Place<int>> places, int limit, Caller? reader, CancellationToken ct)
    {
        // Before a connection is held: the board may need one of its own.
        var month = await boards.People(Ranking.Engagements, Days.Last(Days.Month, Days.Today(time)), ct);
        await using var db = await source.OpenConnectionAsync(ct);
        var rules = (await RuleFold.Read(db, ct)).At(time.GetUtcNow().UtcDateTime);
        var shown = new List<(PersonCard, int, string)>(limit);
        foreach (var chunk in places.Chunk(Math.Max(AtOnce, limit)))
        {
            var cards = await Read(db, [.. chunk.Select(place => place.Id)], reader, ct);
            foreach (var place in chunk)
            {
                if (cards.TryGetValue(place.Id, out var card) && (!card.IsHiding || card.Id == reader?.UserId) && shown.Count < limit)
                    shown.Add((card, place.Value, rules.LevelOf(month[place.Id] ?? 0)));
            }

            if (shown.Count == limit)
                break;
        }

        return shown;
    }

    private static async Task<Dictionary<long, PersonCard>> Read(NpgsqlConnection db, long[] ids, Caller? reader, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, db)
        {
            Parameters = { new NpgsqlParameter<long[]> { TypedValue = ids }, new NpgsqlParameter<long> { TypedValue = Blocks.Reader(reader) } },
        };
        var cards = new Dictionary<long, PersonCard>(ids.Length);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var card = new PersonCard(
                row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetBoolean(3), row.GetInt32(4));
            cards.Add(card.Id, card);
        }

        return cards;
    }
}
