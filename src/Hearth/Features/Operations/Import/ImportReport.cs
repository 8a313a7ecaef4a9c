using System.Globalization;

namespace Hearth.Features.Operations.Import;

/// <summary>What an import did: how many of each kind are new, were there before, or were left out and why.</summary>
internal sealed class ImportReport
{
    private readonly SortedDictionary<string, (long New, long There)> kinds = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> skipped = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> notes = new(StringComparer.Ordinal);

    public void Imported(string kind, long count = 1) => Add(kind, count, 0);

    /// <summary>It was imported by an earlier run.</summary>
    public void AlreadyThere(string kind, long count = 1) => Add(kind, 0, count);

    public void Skipped(string what, string why, long count = 1) => Count(skipped, $"{what}: {why}", count);

    /// <summary>Something that came otherwise than it was, and how.</summary>
    public void Changed(string what, long count = 1) => Count(notes, what, count);

    public long New(string kind) => kinds.GetValueOrDefault(kind).New;

    public long There(string kind) => kinds.GetValueOrDefault(kind).There;

    public long SkippedFor(string what, string why) => skipped.GetValueOrDefault($"{what}: {why}");

    public long AllSkipped => skipped.Values.Sum();

    public void Write(TextWriter to, bool dryRun)
    {
        to.WriteLine(dryRun ? "What an import would do (nothing was written):" : "Imported:");
        foreach (var (kind, (added, there)) in kinds)
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kind,-18} {added,10:N0} new {there,10:N0} there already"));
        Write(to, "Changed on the way:", notes);
        Write(to, "Left out:", skipped);
    }

    private static void Write(TextWriter to, string title, SortedDictionary<string, long> lines)
    {
        if (lines.Count == 0)
            return;
        to.WriteLine(title);
        foreach (var (what, count) in lines)
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count,10:N0}  {what}"));
    }

    private void Add(string kind, long added, long there)
    {
        var (before, present) = kinds.GetValueOrDefault(kind);
        kinds[kind] = (before + added, present + there);
    }

    private static void Count(SortedDictionary<string, long> counts, string what, long count)
    {
        if (count > 0)
            counts[what] = counts.GetValueOrDefault(what) + count;
    }
}
