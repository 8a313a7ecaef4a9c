using Hearth.Features.Interactions;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Interactions;

public sealed class RetentionTests(RetentionTests.Forgetful app) : IClassFixture<RetentionTests.Forgetful>
{
    [Fact]
    public async Task What_last_happened_before_the_deployment_s_days_goes_and_the_counters_follow()
    {
        var amina = await app.SignUp("amina");
        var (old, repeated) = (await app.Content("Old"), await app.Content("Repeated"));
        var longAgo = DateTime.UtcNow.Date.AddDays(-40);
        await using (var write = await app.Services.GetRequiredService<Writes>().Begin())
        {
            var (_, position) = await TrackStore.Flush(write.Db, [Played(amina, old, longAgo), Played(amina, repeated, longAgo)], CancellationToken.None);
            write.Appended(position);
            await app.Settled(await write.Commit());
        }

        (await InteractionsApp.Track(amina, repeated, "play")).Is(200);
        Assert.Equal(2, (await amina.Get($"/interactions/history/{amina.Id}"))["total"].GetInt64());
        var job = app.Services.GetServices<ScheduledJob>().OfType<InteractionRetention>().Single();
        Assert.Equal("1 interactions", await job.Run(CancellationToken.None));
        Assert.Equal("0 interactions", await job.Run(CancellationToken.None));
        var left = await amina.Get($"/interactions/history/{amina.Id}");
        Assert.Equal(1, left["total"].GetInt64());
        Assert.Equal(repeated, left["data.0.contentId"].GetString());
        await app.VerifyInteractions();
    }

    private static Tracked Played(Person person, string content, DateTime at) => new(
        person.Id, long.Parse(content, System.Globalization.CultureInfo.InvariantCulture), InteractionTypes.Parse("play"), false, null, null, null, 60, null, null, at);

    /// <summary>A deployment that keeps a month.</summary>
    public sealed class Forgetful : InteractionsApp
    {
        private protected override HearthOptions Configure(HearthOptions options) => options with { InteractionRetentionDays = 31 };
    }
}
