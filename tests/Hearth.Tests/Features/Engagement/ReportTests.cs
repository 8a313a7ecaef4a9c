using System.Text;
using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Engagement;

public sealed class ReportTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Path = "/api/engagement/export/";

    [Fact]
    public async Task A_report_says_in_each_form_what_the_metrics_say()
    {
        var amina = await app.SignUp("amina");
        var baraka = await app.SignUp("baraka");
        var today = DateTime.UtcNow.Date.AddSeconds(1);
        await app.Append(Community.Joins(amina, 3, today).Concat(Community.Joins(amina, 2, today.AddDays(-3), 8_000_000)));
        await app.Append(Community.Like(baraka, 85_000, amina, today), Community.Like(amina, 85_001, baraka, today));
        var metrics = (await amina.Get("/api/engagement/analytics/user_metrics/?days=7")).Is(200);

        var json = (await amina.Get(Path + "?days=7")).Is(200);
        Assert.Equal(
            ["user_id", "username", "period", "from", "to", "generated_at", "metrics", "reputation", "days", "courses", "campaigns"], Community.Names(json.Json));
        Assert.Equal(metrics["metrics"].GetRawText(), json["metrics"].GetRawText());
        Assert.Equal(7, json["days"].GetArrayLength());
        Assert.Equal([4, 1, 3, 2], Community.Figures(json["days.6"], "engagements", "likes", "group_joins", "points"));
        Assert.Equal(6, json["days"].EnumerateArray().Sum(day => day.GetProperty("engagements").GetInt32()));

        var csv = (await amina.Get(Path + "?format=csv&days=7")).Is(200);
        Assert.Equal("text/csv; charset=utf-8", csv.Header("Content-Type"));
        Assert.Contains("engagement.csv", csv.Header("Content-Disposition"), StringComparison.Ordinal);
        var lines = csv.Text.TrimEnd().Split("\r\n");
        Assert.Equal(8, lines.Length);
        Assert.StartsWith(json["days.6.day"].GetString() + ",4,1,", lines[7], StringComparison.Ordinal);

        var pdf = (await amina.Get(Path + "?format=pdf&days=7")).Is(200);
        Assert.Equal("application/pdf", pdf.Header("Content-Type"));
        Assert.Equal("%PDF-", Encoding.ASCII.GetString([.. pdf.Bytes.Take(5)]));
        (await amina.Get(Path + "?format=pdf&days=366")).Is(200);
        (await amina.Get(Path + "?format=pdf&days=1")).Is(200);
    }

    [Fact]
    public async Task The_communitys_points_of_a_day_are_everyones()
    {
        var (esther, faraja, admin) = (await app.SignUp("esther"), await app.SignUp("faraja"), await app.SignUp("head", Roles.Admin));
        // A day that no other test of this class is about.
        var day = DateTime.UtcNow.Date.AddDays(-20);
        await app.Append(Community.Like(esther, 86_000, faraja, day), Community.Like(faraja, 86_001, esther, day), Community.Like(faraja, 86_002, esther, day));
        var community = (await admin.Get(Path + "?of=community&days=30")).Is(200);
        Assert.Equal([3, 6], Community.Figures(community["days.9"], "engagements", "points"));
        Assert.Equal(2, (await faraja.Get(Path + "?days=30")).Is(200)["days.9.points"].GetInt32());
        var csv = (await admin.Get(Path + "?of=community&days=30&format=csv")).Is(200).Text.Split("\r\n");
        Assert.EndsWith(",6", csv[10], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_are_of_oneself_and_for_administrators_of_anyone()
    {
        var chausiku = await app.SignUp("chausiku");
        var dalila = await app.SignUp("dalila", Roles.Facilitator);
        var admin = await app.SignUp("head", Roles.Admin);
        (await dalila.Post("/api/community/courses/", new { name = "Weaving" })).Is(201);
        Assert.Equal("Weaving", (await dalila.Get(Path)).Is(200)["courses.0.course_name"].GetString());
        (await chausiku.Get($"{Path}?user={dalila.Id}")).Is(403);
        (await chausiku.Get(Path + "?of=community")).Is(403);
        (await app.Anyone.Get(Path)).Is(401);
        Assert.Equal(dalila.Name, (await admin.Get($"{Path}?user={dalila.Id}")).Is(200)["username"].GetString());
        Assert.Equal(30, (await admin.Get(Path + "?of=community")).Is(200)["days"].GetArrayLength());
        (await admin.Get(Path + "?of=community&format=pdf")).Is(200);
        (await chausiku.Get(Path + "?format=doc")).Is(400);
        (await chausiku.Get(Path + "?days=367")).Is(400);
    }
}
