using System.Text.RegularExpressions;

namespace Hearth.Tests.Rules;

/// <summary>Calls go down only: Features, then Ledger, Realtime and Jobs, then Platform and Database.</summary>
public sealed partial class DependencyTests
{
    private static readonly Dictionary<string, int> Heights = new()
    {
        ["Program"] = 3,
        ["Features"] = 2,
        ["Ledger"] = 1,
        ["Realtime"] = 1,
        ["Jobs"] = 1,
        ["Platform"] = 0,
        ["Database"] = 0,
    };

    [Fact]
    public void Every_folder_of_the_server_has_its_place() =>
        Rule.Holds(Sources.Server.Select(source => source.Part.Split('/')[0]).Distinct().Except(Heights.Keys));

    [Fact]
    public void Nothing_calls_upward() =>
        Rule.Holds(
            from source in Sources.Server
            from used in Used(source)
            where Heights[used.Split('/')[0]] > Heights[source.Part.Split('/')[0]]
            select $"{source.Path} uses {used}");

    [Fact]
    public void No_feature_uses_the_insides_of_another() =>
        Rule.Holds(
            from source in Sources.Server
            where source.Part.StartsWith("Features/") && !source.IsImport
            from used in Used(source)
            where used.StartsWith("Features/") && used != source.Part
            select $"{source.Path} uses {used}");

    private static IEnumerable<string> Used(Source source) =>
        Namespaces().Matches(source.Text)
            .Where(match => !match.Value.StartsWith("namespace"))
            .Select(match => match.Groups["feature"] is { Success: true } feature ? $"Features/{feature.Value}" : match.Groups["part"].Value)
            .Where(used => used != source.Part)
            .Distinct();

    [GeneratedRegex(@"(namespace )?\bHearth\.(Features\.(?<feature>[A-Z]\w+)|(?<part>Ledger|Realtime|Jobs|Platform|Database))\b", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Namespaces();
}
