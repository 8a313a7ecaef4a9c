using Hearth.Database;
using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Database;

public sealed class MigrationRunnerTests(TestDatabase db) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_migrated_database_has_nothing_to_apply() =>
        Assert.Empty(await MigrationRunner.Run(db.Source, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Nodes_that_start_at_once_apply_each_migration_once()
    {
        var connection = await TestPostgres.Empty();
        await using var source = DataSources.ForLongWork(connection);
        var applied = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => MigrationRunner.Run(source, TestContext.Current.CancellationToken)));
        Assert.Equal(Migration.All.Select(migration => migration.Name), applied.SelectMany(names => names).Order(StringComparer.Ordinal));
        await source.DisposeAsync();
        await TestPostgres.Drop(connection);
    }

    [Fact]
    public async Task A_migration_that_was_changed_after_it_was_applied_stops_the_start()
    {
        await using var own = new TestDatabase();
        await own.InitializeAsync();
        await own.Execute("update schema_migrations set checksum = 'another' where number = 1");
        var failure = await Assert.ThrowsAsync<StartFailure>(() => MigrationRunner.Run(own.Source, TestContext.Current.CancellationToken));
        Assert.Contains("0001_ledger differs", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_stops_the_start()
    {
        await using var own = new TestDatabase();
        await own.InitializeAsync();
        await own.Execute("insert into schema_migrations (number, name, checksum) values (9999, '9999_to_come', '')");
        var failure = await Assert.ThrowsAsync<StartFailure>(() => MigrationRunner.Run(own.Source, TestContext.Current.CancellationToken));
        Assert.Contains("newer Hearth", failure.Message, StringComparison.Ordinal);
    }
}
