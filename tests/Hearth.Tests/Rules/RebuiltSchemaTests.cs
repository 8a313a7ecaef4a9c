using Hearth.Database;
using Hearth.Ledger;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Rules;

public sealed class RebuiltSchemaTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task A_rebuild_leaves_every_table_as_the_migrations_make_it()
    {
        var migrated = await SchemaDump.Read(app.Db.Source, TestContext.Current.CancellationToken);
        foreach (var runner in app.Services.GetRequiredService<Projections>().Runners)
            await app.Services.GetRequiredService<Rebuilds>().Rebuild(runner.Projection, null, TestContext.Current.CancellationToken);

        Assert.Equal(migrated, await SchemaDump.Read(app.Db.Source, TestContext.Current.CancellationToken));
    }
}
