using Hearth.Features.Operations.Demo;
using Hearth.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Operations.Demo;

public sealed class DemoTrickleTests(DemoApp app) : IClassFixture<DemoApp>
{
    [Fact]
    public async Task While_somebody_watches_the_people_of_the_demonstration_go_on()
    {
        var before = await app.Db.Scalar<long>("select max(id) from ledger");
        var reply = (await app.Anyone.Post("/api/auth/login", new { username = "neema", password = DemoPeople.Password })).Is(200);
        await using var socket = await app.Socket(app.Anyone.With(reply["access"].GetString()!));
        var tail = app.Services.GetRequiredService<LedgerTail>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        for (var seen = before; !await HaveActed(before); seen = tail.Current)
            await tail.Passed(seen + 1).WaitAsync(limit.Token);
    }

    private Task<bool> HaveActed(long since) =>
        app.Db.Scalar<bool>("select exists (select from ledger where id > $1 and verb in (1, 5, 6, 11, 12, 25))", since);
}
