using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Kept;

/// <summary>Whom blocks part a reader from, whoever made them.</summary>
internal sealed class Apart(KeptFigures kept)
{
    private static readonly string Sql =
        $"""
        -- engagement.apart
        {Blocks.From("$1")}
        """;

    private static readonly HashSet<long> Nobody = [];

    /// <returns>Whom the reader is parted from; nobody for moderators and for who is not signed in.</returns>
    public ValueTask<HashSet<long>> Of(Caller? reader, CancellationToken ct) =>
        Blocks.Reader(reader) is not 0 and var id ? All(id, ct) : new(Nobody);

    /// <returns>Whom blocks part a person from, a moderator, too.</returns>
    public ValueTask<HashSet<long>> All(long person, CancellationToken ct) => kept.Read(new FigureKey("apart", person), db => Read(db, person, ct), ct);

    private static async Task<Figures<HashSet<long>>> Read(NpgsqlConnection db, long reader, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, db) { Parameters = { new NpgsqlParameter<long> { TypedValue = reader } } };
        var people = new HashSet<long>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            people.Add(row.GetInt64(0));
        return new Figures<HashSet<long>>(people, 1 + people.Count, [Topic.Person(reader)]);
    }
}
