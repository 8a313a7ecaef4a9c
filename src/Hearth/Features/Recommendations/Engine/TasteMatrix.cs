namespace Hearth.Features.Recommendations.Engine;

/// <summary>Who took to what: people and items by consecutive numbers from 0, in both orders. Each pair is there once.</summary>
internal sealed class TasteMatrix
{
    private readonly int[] personStarts;
    private readonly int[] personItems;
    private readonly int[] itemStarts;
    private readonly int[] itemPeople;

    private TasteMatrix(int[] personStarts, int[] personItems, int[] itemStarts, int[] itemPeople)
    {
        this.personStarts = personStarts;
        this.personItems = personItems;
        this.itemStarts = itemStarts;
        this.itemPeople = itemPeople;
    }

    public int People => personStarts.Length - 1;

    public int Items => itemStarts.Length - 1;

    public int Pairs => personItems.Length;

    public static TasteMatrix Of(IEnumerable<(int Person, int Item)> pairs, int people, int items)
    {
        var sorted = pairs.Distinct().OrderBy(pair => pair.Person).ThenBy(pair => pair.Item).ToArray();
        var byPerson = Starts(sorted, pair => pair.Person, people);
        var byItem = Starts(sorted, pair => pair.Item, items);
        var itemPeople = new int[sorted.Length];
        var next = byItem.ToArray();
        foreach (var (person, item) in sorted)
            itemPeople[next[item]++] = person;
        return new TasteMatrix(byPerson, Array.ConvertAll(sorted, pair => pair.Item), byItem, itemPeople);
    }

    /// <summary>What a person took to, ascending.</summary>
    public ReadOnlySpan<int> ItemsOf(int person) => personItems.AsSpan(personStarts[person]..personStarts[person + 1]);

    /// <summary>Who took to an item, ascending.</summary>
    public ReadOnlySpan<int> PeopleOf(int item) => itemPeople.AsSpan(itemStarts[item]..itemStarts[item + 1]);

    private static int[] Starts((int Person, int Item)[] pairs, Func<(int Person, int Item), int> key, int count)
    {
        var starts = new int[count + 1];
        foreach (var pair in pairs)
            starts[key(pair) + 1]++;
        for (var i = 0; i < count; i++)
            starts[i + 1] += starts[i];
        return starts;
    }
}
