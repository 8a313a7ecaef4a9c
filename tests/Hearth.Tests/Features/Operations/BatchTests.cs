using Hearth.Platform;
using Hearth.Tests.Harness;

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
}
