using Hearth.Features.Health;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Hearth.Tests.Features.Health;

public sealed class HealthTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task A_server_that_can_serve_is_ready()
    {
        Assert.Equal("""{"status":"ok","checks":{"database":"ok","ledger":"ok"}}""", (await app.Anyone.Get("/health/")).Is(200).Text);
        (await app.Anyone.Get("/health/live")).Is(200);
        (await app.Anyone.Send(HttpMethod.Head, "/health")).Is(200);
    }

    [Fact]
    public async Task Without_a_database_it_is_not()
    {
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=5");
        var health = await ActivatorUtilities.CreateInstance<Readiness>(app.Services, nowhere).Check();
        Assert.Equal("unavailable", health.Status);
        Assert.Equal("does not answer", health.Checks["database"]);
    }

    [Fact]
    public async Task Figures_are_in_the_form_that_Prometheus_reads()
    {
        (await app.Anyone.Get("/health/live")).Is(200);
        var reply = (await app.Anyone.Get("/metrics")).Is(200);
        Assert.StartsWith("text/plain; version=0.0.4", reply.Header("Content-Type"));
        var lines = reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines.Where(line => line[0] != '#'), line => Assert.Matches("""^[a-z_][a-z0-9_]*(\{([a-z_]+="([^"\\]|\\.)*",?)*\})? -?([0-9.E+-]+|NaN)$""", line));
        Assert.Contains(lines, line => line.StartsWith("""hearth_http_requests_total{method="GET",route="/health/live",status="2xx"}""", StringComparison.Ordinal));
        var names = lines.Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToList();
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public async Task The_page_of_the_document_needs_nothing_from_elsewhere()
    {
        var page = (await app.Anyone.Get("/docs/")).Is(200);
        Assert.Contains("default-src 'none'", page.Header("Content-Security-Policy"));
        Assert.DoesNotContain("http://", page.Text);
        Assert.DoesNotContain("https://", page.Text);
        (await app.Anyone.Get("/docs/docs.js")).Is(200);
        (await app.Anyone.Get("/docs/docs.css")).Is(200);
    }
}
