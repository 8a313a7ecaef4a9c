using System.Text.RegularExpressions;

namespace Hearth.Tests.Rules;

/// <summary>Anyone may read any table; one folder writes it.</summary>
public sealed partial class TableTests
{
    private static readonly HashSet<string> Tables =
        [.. Sources.Below("src/Hearth/Database/Migrations", ".sql").SelectMany(file => Created().Matches(file.Text)).Select(match => match.Groups["table"].Value)];

    [Fact]
    public void A_table_is_written_by_its_owner_only()
    {
        var writers =
            from source in Sources.Server
            from match in Written().Matches(source.Text)
            let table = match.Groups["table"].Value
            where Tables.Contains(table) && table != "ledger" && !source.IsImport
            group source by table into sources
            let parts = sources.Select(Owner).Distinct().Order().ToList()
            where parts.Count > 1
            select $"{sources.Key} is written by {string.Join(" and ", parts)} ({string.Join(", ", sources.Select(source => source.Path).Distinct())})";
        Rule.Holds(writers);
    }

    /// <summary>Whoever writes state appends to the ledger in the same statement where that saves a round trip; no one does anything else to it.</summary>
    [Fact]
    public void The_ledger_is_only_ever_appended_to() =>
        Rule.Holds(
            from source in Sources.Server
            from match in Written().Matches(source.Text)
            where match.Groups["table"].Value == "ledger" && !match.Value.StartsWith("insert", StringComparison.OrdinalIgnoreCase)
            select $"{source.Path}: {match.Value}");

    [Fact]
    public void The_rule_sees_what_is_written() =>
        Assert.Contains("idempotency_keys", Sources.Server.SelectMany(source => Written().Matches(source.Text)).Select(match => match.Groups["table"].Value));

    /// <summary>The gate that lets accounts in lies below the feature that keeps them, because every route passes it.</summary>
    private static string Owner(Source source) =>
        source.Path.StartsWith("src/Hearth/Platform/Access/") ? "Features/Accounts" : source.Part;

    [GeneratedRegex(@"create (unlogged )?table (if not exists )?(public\.)?(?<table>\w+)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 5000)]
    private static partial Regex Created();

    [GeneratedRegex(
        @"\b(insert\s+into|delete\s+from(\s+only)?|truncate(\s+table)?|merge\s+into|copy|update(\s+only)?(?=\s+(public\.)?\w+(\s+(as\s+)?\w+)?\s+set\b))\s+(public\.)?(?<table>\w+)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        5000)]
    private static partial Regex Written();
}
