namespace Hearth.TrainScorer;

/// <summary>Numbers that are the same on every run and every machine.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong state = seed;

    public int Below(int most)
    {
        state += 0x9E3779B97F4A7C15UL;
        var value = state;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        value ^= value >> 31;
        return (int)(value % (ulong)most);
    }

    public void Shuffle(int[] items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
