using Hearth.Features.Operations.Import;
using Hearth.Ledger;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Operations.Import;

/// <summary>Imports into a test's application, and what must hold afterwards.</summary>
internal static class ImportRuns
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<ImportReport> StackExchange(HearthApp app, string folder, bool dryRun = false) =>
        Run(app, StackExchangeSource.Prefix, dryRun, report => new StackExchangeSource(folder, report).Items(Ct));

    public static async Task<ImportReport> Jsonl(HearthApp app, string lines, bool dryRun = false)
    {
        var file = Path.Combine(app.DataDir, "import.jsonl");
        await File.WriteAllTextAsync(file, lines, Ct);
        return await Run(app, JsonlSource.Prefix("old"), dryRun, report => new JsonlSource(file, "old", report).Items(Ct));
    }

    /// <summary>Every check that the server knows.</summary>
    public static async Task EveryCheckHolds(HearthApp app)
    {
        foreach (var verification in app.Services.GetServices<Verification>())
        {
            foreach (var name in verification.Names)
            {
                var result = await verification.Run(name, Ct);
                Assert.True(result.Differences == 0, $"{name}: {string.Join(", ", result.Examples)}");
            }
        }
    }

    /// <summary>Every check that the server knows, and the counters once more by statements of the tests' own.</summary>
    public static async Task CountersHold(HearthApp app)
    {
        await EveryCheckHolds(app);
        Assert.Empty(await app.Db.Rows(
            """
            select p.id from posts p
             where p.comment_count <> (select count(*) from comments c where c.post_id = p.id)
                or p.thread_count <> (select count(*) from comments c where c.post_id = p.id and c.parent_id is null)
                or p.like_count <> p.like_base or p.love_count <> p.love_base or p.views <> p.views_base
            union all
            select r.id from comments r where r.replies <> (select count(*) from comments c where c.root_id = r.id)
            union all
            select d.list_id from post_days d where d.list = 0 and d.posts <> (select count(*) from posts where (created_at at time zone 'UTC')::date = d.day)
            union all
            select d.list_id from post_days d where d.list = 1 and d.posts <> (select count(*) from posts where author = d.list_id and (created_at at time zone 'UTC')::date = d.day)
            """));
    }

    private static async Task<ImportReport> Run(HearthApp app, string prefix, bool dryRun, Func<ImportReport, IAsyncEnumerable<ImportItem>> items)
    {
        var report = new ImportReport();
        var run = new ImportRun(prefix, dryRun, report);
        await CommunityImport.Run(app.Db.Source, app.Services.GetRequiredService<Writes>(), TimeProvider.System, run, items(report), Ct);
        await app.Settled(await app.Db.Scalar<long>("select coalesce(max(id), 0) from ledger"));
        return report;
    }
}
