namespace Hearth.Features.Engagement.Actions;

/// <summary>
/// Which keys were surely never added (B. H. Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970): 16 MiB and four
/// probes, so that of 10,000,000 keys one in 200 strangers is taken for one of them.
/// </summary>
internal sealed class BloomFilter
{
    private const int LogBits = 27;
    private const int Probes = 4;

    private readonly ulong[] words = new ulong[1 << (LogBits - 6)];

    public void Add(params ReadOnlySpan<long> key)
    {
        var (at, step) = Hash(key);
        for (var i = 0; i < Probes; i++, at += step)
            words[Word(at)] |= 1UL << (int)(at & 63);
    }

    public bool MayHold(params ReadOnlySpan<long> key)
    {
        var (at, step) = Hash(key);
        for (var i = 0; i < Probes; i++, at += step)
        {
            if ((words[Word(at)] & (1UL << (int)(at & 63))) == 0)
                return false;
        }

        return true;
    }

    private static int Word(ulong at) => (int)((at >> 6) & ((1UL << (LogBits - 6)) - 1));

    /// <summary>Two halves of one hash make all probes (A. Kirsch and M. Mitzenmacher, "Less hashing, same performance", 2006).</summary>
    private static (ulong At, ulong Step) Hash(ReadOnlySpan<long> key)
    {
        var hash = 0UL;
        foreach (var part in key)
        {
            hash = (hash ^ (ulong)part) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash ^= hash >> 27;
        return (hash, (hash >> 32) | 1);
    }
}
