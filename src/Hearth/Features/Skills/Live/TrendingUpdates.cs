using System.Collections.Frozen;
using System.Text.Json;
using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Realtime.Sockets;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>A skill that trends, with its figures of now.</summary>
internal sealed record TrendingSkill(Guid Id, string Title, string Category, int Likes, int Downloads, int Views, SkillRating Rating);

/// <summary>What trends now, the first first.</summary>
internal sealed record TrendingUpdate(IReadOnlyList<TrendingSkill> Skills, DateTime At);

/// <summary>Tells everybody when other skills trend than before; each only of those whose author neither blocks them nor is blocked.</summary>
internal sealed class TrendingUpdates(SocketPeople people) : ISocketEvents
{
    private const string SkillsSql =
        """
        -- skills.trending_live
        select s.id, s.uuid, s.title, s.category, s.likes, s.downloads, s.views, s.rating_sum, s.rating_count, s.author
          from unnest($1::bigint[]) with ordinality as t (id, rank) join skills s on s.id = t.id
         where s.visibility = 1 and not s.is_hidden order by t.rank
        """;

    private const string ApartSql =
        $"""
        -- skills.trending_apart
        select person, other from ({Blocks.Pairs}) parted where person = any($1) and other = any($2)
        """;

    public IReadOnlySet<Verb> Verbs { get; } = new[] { Verb.ChangeTrends }.ToFrozenSet();

    public async Task Compose(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, ICollection<SocketNews> news, CancellationToken ct)
    {
        // Only the last is what trends now.
        var row = rows[^1];
        var skills = await Skills(db, JsonSerializer.Deserialize(row.Detail ?? """{"skills":[]}""", Json.Of<TrendDetail>())!, ct);
        var apart = (await Apart(db, [.. skills.Select(skill => skill.Author).Distinct()], ct)).ToLookup(pair => pair.Person, pair => pair.Author);
        news.Add(new SocketNews(row.Id, "trending_update", Update(skills, row), []) { Except = [.. apart.Select(one => SocketRooms.Person(one.Key))] });
        foreach (var one in apart)
            news.Add(new SocketNews(row.Id, "trending_update", Update(skills.Where(skill => !one.Contains(skill.Author)), row), [SocketRooms.Person(one.Key)]));
    }

    private static TrendingUpdate Update(IEnumerable<(long Author, TrendingSkill Skill)> skills, LedgerRow row) =>
        new([.. skills.Select(skill => skill.Skill)], row.At);

    private static async Task<List<(long Author, TrendingSkill Skill)>> Skills(NpgsqlConnection db, TrendDetail detail, CancellationToken ct)
    {
        var skills = new List<(long, TrendingSkill)>();
        await using var command = Sql.Command(db, SkillsSql, Sql.Array([.. detail.Skills]));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            skills.Add((row.GetInt64(9), new TrendingSkill(
                row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6), SkillReads.Rating(row.GetInt32(7), row.GetInt32(8)))));
        }

        return skills;
    }

    private async Task<List<(long Person, long Author)>> Apart(NpgsqlConnection db, long[] authors, CancellationToken ct)
    {
        var pairs = new List<(long, long)>();
        long[] readers = [.. people.All.Where(person => !person.Caller.IsModerator).Select(person => person.Caller.UserId).Distinct()];
        await using var command = Sql.Command(db, ApartSql, Sql.Array(readers), Sql.Array(authors));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            pairs.Add((row.GetInt64(0), row.GetInt64(1)));
        return pairs;
    }
}
