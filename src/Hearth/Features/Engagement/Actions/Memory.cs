using Hearth.Features.Engagement.Badges;
using Hearth.Features.Engagement.Reputation;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Actions;

/// <summary>
/// What the tables hold of people, posts and comments that came up lately, so that a slice need not read again what one before it
/// wrote. Only the runner that leads has one across slices; it holds from one commit to the next, and is given up whenever
/// anything else may have written: a transaction that failed, another node's lead, a rebuild, rules that value everything anew.
/// </summary>
internal sealed class Memory
{
    private const int MostPeople = 50_000;
    private const int MostObjects = 200_000;

    private const string TablesSql =
        """
        -- engagement.tables
        select 'engagement_users'::regclass::oid, (select until from engagement_chronicle_state)
        """;

    private readonly BloomFilter? actions;
    private readonly BloomFilter? pairs;

    private uint tables;

    public Memory()
    {
    }

    private Memory(BloomFilter actions, BloomFilter pairs)
    {
        this.actions = actions;
        this.pairs = pairs;
    }

    public Dictionary<long, Person> People { get; } = [];

    /// <summary>How many engagements of others a post or comment has.</summary>
    public Dictionary<(ObjectKind Kind, long Id), int> Engaged { get; } = [];

    /// <summary>The badges of a person.</summary>
    public Dictionary<long, List<Holding>> Held { get; } = [];

    /// <summary>Of tables that are empty, and that nobody else writes: knows without a look at them what they cannot hold.</summary>
    public static Memory OfEmptyTables() => new(new BloomFilter(), new BloomFilter());

    /// <summary>Whether the table may hold an action by this key. From now on it may.</summary>
    public bool MayHold(in DeedKey key)
    {
        if (actions is null)
            return true;
        var may = actions.MayHold(key.Actor, (long)key.Verb, (long)key.Kind, key.ObjectId, key.Target);
        actions.Add(key.Actor, (long)key.Verb, (long)key.Kind, key.ObjectId, key.Target);
        return may;
    }

    /// <summary>Whether the table may hold points of this pair on its day. From now on it may.</summary>
    public bool MayHold(in Pair pair)
    {
        if (pairs is null)
            return true;
        var may = pairs.MayHold(pair.Earner, pair.Giver, pair.Day.DayNumber);
        pairs.Add(pair.Earner, pair.Giver, pair.Day.DayNumber);
        return may;
    }

    public void Forget()
    {
        People.Clear();
        Engaged.Clear();
        Held.Clear();
    }

    /// <summary>Looks whether these are still the tables that it knows: a rebuild puts others in their place.</summary>
    /// <returns>Before which day the chronicle takes the past for known.</returns>
    public async Task<DateOnly> Check(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(TablesSql, db);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        var now = row.GetFieldValue<uint>(0);
        if (now != tables)
            Forget();
        tables = now;
        return row.GetFieldValue<DateOnly>(1);
    }

    /// <summary>Keeps within bounds; what is dropped is read again.</summary>
    public void Trim()
    {
        if (People.Count > MostPeople)
            People.Clear();
        if (Engaged.Count > MostObjects)
            Engaged.Clear();
        if (Held.Count > MostPeople)
            Held.Clear();
    }
}
