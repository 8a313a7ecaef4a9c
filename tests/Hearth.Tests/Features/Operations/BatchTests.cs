using Hearth.Jobs;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Operations;

public sealed class BatchTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task Administrators_stop_start_and_run_jobs()
    {
        var (ada, amina) = (await app.SignUp("ada", Roles.Admin), await app.SignUp("amina"));

        Assert.True((await ada.Get("/api/v1/batch/status")).Is(200)["running"].GetBoolean());
        Assert.False((await ada.Post("/api/v1/batch/stop")).Is(200)["running"].GetBoolean());
        Assert.Contains((await ada.Get("/api/v1/batch/status"))["jobs"].EnumerateArray(), job => job.GetProperty("state").GetString() == "stopped");
        Assert.True((await ada.Post("/api/v1/batch/start")).Is(200)["running"].GetBoolean());

        (await ada.Post("/api/v1/batch/process", new { job = "notification_digests" })).Is(202);
        Assert.Contains("job", (await ada.Post("/api/v1/batch/process", new { job = "coffee" })).Is(400).Text);
        (await ada.Post("/api/v1/batch/cleanup")).Is(200);
        (await amina.Get("/api/v1/batch/status")).Is(403);
        (await app.Anyone.Post("/api/v1/batch/stop")).Is(401);
        (await app.Anyone.Get("/api/v1/batch/health")).Is(200);
    }

    [Fact]
    public async Task The_five_jobs_run_at_their_intervals_and_do_their_work()
    {
        var (ada, amina, bilal) = (await app.SignUp("ada", Roles.Admin), await app.SignUp("amina"), await app.SignUp("bilal"));
        var skill = (await amina.Post("/api/v1/social/skills", new { title = "Juggling", category = "general", description = "" })).Is(201)["id"].GetString();
        (await bilal.Post($"/api/v1/social/skills/{skill}/like")).Is(200);
        (await bilal.Post($"/api/v1/social/skills/{skill}/rate", new { rating = 4 })).Is(200);
        (await bilal.Post($"/api/v1/social/skills/{skill}/like")).Is(200);
        await app.Settled();

        var jobs = app.Services.GetServices<ScheduledJob>().Where(job => job.IsBatch).ToDictionary(job => job.Name);
        foreach (var (name, minutes) in new[] { ("engagement_metrics", 5), ("trending", 15), ("notification_digests", 60), ("cache_maintenance", 30), ("analytics", 10) })
        {
            Assert.Equal(minutes, jobs[name].Period.TotalMinutes);
            Assert.NotEqual("", await jobs[name].Run(CancellationToken.None));
            Assert.Contains((await ada.Get("/api/v1/batch/status")).Is(200)["jobs"].EnumerateArray(), job => job.GetProperty("name").GetString() == name);
        }

        Assert.Equal(["0 1 4"], await app.Db.Rows("select d.likes || ' ' || d.ratings || ' ' || d.rating_sum from skill_days d join skills s on s.id = d.skill_id where s.uuid = $1", Guid.Parse(skill!)));
        Assert.NotEqual(0, await app.Db.Scalar<long>("select count(*) from community_metrics"));
        Assert.Contains("retention_days", (await ada.Post("/api/v1/batch/cleanup", new { retention_days = 0 })).Is(400).Text);
        (await ada.Post("/api/v1/batch/cleanup", new { retention_days = 7 })).Is(200);
    }
}
