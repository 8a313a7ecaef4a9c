using System.Globalization;
using Hearth.Ledger;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Operations.Import;

public sealed class StackExchangeLeftOutTests(HearthApp app) : IClassFixture<HearthApp>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hearth-import-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task What_cannot_come_is_left_out_and_the_report_says_why()
    {
        Write("users.csv", "site,user_id,created_at,reputation\ntea.example,1,2015-01-01T10:00:00Z,5\ntea.example,oops,2015-01-01T10:00:00Z,5\n");
        Write("posts.jsonl",
            """
            {"site":"tea.example","id":1,"type":"question","title":"Green or black?","author_id":1,"created_at":"2015-01-02T10:00:00Z","views":7,"tags":["a","b"],"body_text":"Which?"}
            {"site":"tea.example","id":2,"type":"answer","parent_id":1,"created_at":"2015-01-03T10:00:00Z","body_text":" ","body_html":"<img src=\"https://example.org/tea.png\">"}
            {"site":"tea.example","id":3,"type":"answer","parent_id":99,"author_id":1,"created_at":"2015-01-03T11:00:00Z","body_text":"Lost"}
            {"site":"tea.example","id":4,"type":"wiki","author_id":1,"created_at":"2015-01-03T11:00:00Z","body_text":"Wiki"}
            {"site":"tea.example","id":5,"type":"question","title":"From tomorrow","author_id":1,"created_at":"2999-01-01T10:00:00Z","body_text":"Soon"}
            not JSON
            """);
        Write("comments.jsonl",
            """
            {"site":"tea.example","id":1,"post_id":2,"author_id":1,"created_at":"2015-01-04T10:00:00Z","score":3,"text":"Thanks, @user1 and @user7"}
            {"site":"tea.example","id":2,"post_id":2,"reply_to_comment_id":1,"author_id":8,"created_at":"2015-01-04T11:00:00Z","text":"No problem"}
            {"site":"tea.example","id":3,"post_id":77,"author_id":1,"created_at":"2015-01-04T11:00:00Z","text":"Lost"}
            """);
        Write("votes.csv", "site,post_id,vote,date\ntea.example,1,up,2015-01-02\ntea.example,1,up,2015-01-02\ntea.example,2,up,2014-12-31\ntea.example,1,down,2015-01-02\ntea.example,66,up,2015-01-02\n");

        var report = await ImportRuns.StackExchange(app, folder.FullName);

        Assert.Equal((3, 1, 1, 2), (report.New("users"), report.New("posts"), report.New("comments"), report.New("replies")));
        Assert.Equal(1, report.SkippedFor("users", "a line that is not of the documented form"));
        Assert.Equal(1, report.SkippedFor("posts", "a line that is not of the documented form"));
        Assert.Equal(1, report.SkippedFor("posts", "neither a question nor an answer"));
        Assert.Equal(1, report.SkippedFor("posts", "its time is in the future"));
        Assert.Equal(1, report.SkippedFor("comments", "answers whose question is not there"));
        Assert.Equal(1, report.SkippedFor("comments", "what they comment on is not there"));
        Assert.Equal(1, report.SkippedFor("votes", "their post is not there"));
        Assert.Equal(3, report.SkippedFor("votes on comments", "a bare number without a day"));
        Assert.Equal(
            ["Green or black?|Which?|7|2|tea_example_1"],
            await app.Db.Rows("select p.title, p.content, p.views, p.like_count, u.username from posts p join users u on u.id = p.author"));
        Assert.Equal(
            ["https://example.org/tea.png|tea_example_deleted|0", "Thanks, @tea_example_1 and @user7|tea_example_1|1", "No problem|tea_example_8|2"],
            await app.Db.Rows(
                """
                select c.text, u.username, (select count(*) from comments d where d.id in (c.parent_id, c.root_id))
                  from comments c join users u on u.id = c.author order by c.id
                """));
        // A vote of the day before its post counts from the post on.
        Assert.Equal(
            ["2015-01-03"],
            await app.Db.Rows("select to_char(l.at at time zone 'UTC', 'YYYY-MM-DD') from ledger l join comments c on l.object_kind = 3 and c.id = l.object_id where l.verb = 40"));
        await ImportRuns.CountersHold(app);

        // A wrong import's totals can be voided, and restored.
        var voids = app.Services.GetRequiredService<Voids>();
        var rows = await app.Db.Rows("select id from ledger where verb in (40, 41)");
        var made = await voids.Make(new VoidRequest(1, "wrong") { Rows = [.. rows.Select(row => long.Parse(row, CultureInfo.InvariantCulture))] }, Ct);
        await app.Settled(made.Position);
        Assert.Equal(["0|0"], await app.Db.Rows("select views, like_count from posts"));
        await ImportRuns.CountersHold(app);
        await app.Settled((await voids.Restore(made.Id, 1, Ct)).Position);
        Assert.Equal(["7|2"], await app.Db.Rows("select views, like_count from posts"));
        await ImportRuns.CountersHold(app);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text);
}
