using System.Text.RegularExpressions;
using Hearth.Database;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Rules;

public sealed partial class SchemaTests(TestDatabase db) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Schema_sql_is_what_the_migrations_make()
    {
        var written = await File.ReadAllTextAsync(Path.Combine(Sources.Root, "src/Hearth/Database/schema.sql"));
        var made = await SchemaDump.Read(db.Source, CancellationToken.None);
        Assert.True(string.Equals(written, made, StringComparison.Ordinal), $"schema.sql is not what the migrations make: run make schema. {FirstDifference(written, made)}");
    }

    [Fact]
    public void Migrations_are_numbered_once_each()
    {
        var names = Migration.All.Select(migration => migration.Name).ToList();
        Assert.All(names, name => Assert.Matches(Name(), name));
        Assert.Equal(names.Count, Migration.All.Select(migration => migration.Number).Distinct().Count());
        Assert.Equal(names.Count, Sources.Below("src/Hearth/Database/Migrations", "").Count());
    }

    private static string FirstDifference(string written, string made) =>
        written.Split('\n').Zip(made.Split('\n')).FirstOrDefault(pair => pair.First != pair.Second) is (not null, not null) pair
            ? $"First difference: \"{pair.First}\" and now \"{pair.Second}\"."
            : "One is longer than the other.";

    [GeneratedRegex(@"^\d{4}_[a-z0-9_]+$", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Name();
}
