using System.Globalization;
using Hearth.Features.Engagement.Actions;
using Npgsql;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>The rows of the people whom a slice touches: read together, written together.</summary>
internal sealed class People(Memory memory)
{
    private static readonly string LoadSql =
        $"""
        -- engagement.people.load
        select u.user_id, u.id, u.at, u.score, {string.Join(", ", Person.Columns.Select(column => "u." + column))}
          from unnest($1::bigint[]) as k (user_id) join engagement_users u on u.user_id = k.user_id
        """;

    private static readonly string SetSql =
        $"""
        -- engagement.people.set
        insert into engagement_users (user_id, id, at, score, {string.Join(", ", Person.Columns)})
        select * from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::int[],
                             {string.Join(", ", Person.Columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"${i + 5}::int[]")))})
        on conflict (user_id) do update set id = excluded.id, at = excluded.at, score = excluded.score,
               {string.Join(", ", Person.Columns.Select(column => $"{column} = excluded.{column}"))}
        """;

    private const string RemoveSql =
        """
        -- engagement.people.remove
        delete from engagement_users where user_id = any($1)
        """;

    private readonly Dictionary<long, Person> people = [];

    public Person this[long id] => people[id];

    public IReadOnlyCollection<long> Ids => people.Keys;

    public static IEnumerable<long> Of(Deed deed)
    {
        yield return deed.Actor;
        if (deed.Subject is { } subject)
            yield return subject;
        if (deed.PostAuthor is { } author)
            yield return author;
    }

    public async Task Load(NpgsqlConnection db, IEnumerable<Deed> candidates, CancellationToken ct)
    {
        var unknown = new List<long>();
        foreach (var id in candidates.SelectMany(Of))
        {
            if (people.ContainsKey(id))
                continue;
            if (!memory.People.TryGetValue(id, out var known))
            {
                memory.People[id] = known = new Person(id);
                unknown.Add(id);
            }

            people[id] = known;
        }

        if (unknown.Count == 0)
            return;
        await using var batch = new NpgsqlBatch(db);
        batch.Command(LoadSql).Value<long[]>([.. unknown]);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var person = people[reader.GetInt64(0)];
            person.Load(reader.GetInt64(1), reader.GetDateTime(2), reader.GetInt32(3));
            for (var i = 0; i < person.Counts.Length; i++)
                person.Counts[i] = reader.GetInt32(4 + i);
        }
    }

    public void Write(NpgsqlBatch batch)
    {
        var changed = people.Values.Where(person => person.Changed && !person.IsZero).OrderBy(person => person.Id).ToList();
        if (changed.Count > 0)
        {
            var command = batch.Command(SetSql)
                .Column(changed, person => person.Id)
                .Column(changed, person => person.RowId)
                .Column(changed, person => person.At)
                .Column(changed, person => person.Score);
            for (var i = 0; i < Person.Columns.Length; i++)
                command.Column(changed, person => person.Counts[i]);
        }

        var gone = people.Values.Where(person => person.Changed && person.IsZero).Select(person => person.Id).ToArray();
        if (gone.Length > 0)
            batch.Command(RemoveSql).Value(gone);
    }

    /// <summary>What is written now is what the next slice begins with.</summary>
    public void Settle()
    {
        foreach (var person in people.Values)
            person.Settle();
    }
}
