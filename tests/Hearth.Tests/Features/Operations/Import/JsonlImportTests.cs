using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Operations.Import;

public sealed class JsonlImportTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task Another_deployment_comes_with_its_people_and_what_they_did()
    {
        await app.SignUp("amina");
        const string lines =
            """
            {"type":"user","id":1,"username":"amina","email":"other@example.org","created_at":"2024-05-01T08:00:00Z"}
            {"type":"user","id":2,"username":"juma","display_name":"Juma M.","email":"juma@example.net","email_verified":true,"password_hash":"$2b$04$abcdefghijklmnopqrstuuYdB6Sm4uBwoFFiOWnawxLTN65W2pjfq","roles":["facilitator"],"created_at":"2024-05-01T09:00:00Z"}
            {"type":"user","id":3,"username":"neema","email":"amina@example.org","is_active":false,"created_at":"2024-05-01T10:00:00Z"}
            {"type":"group","id":"g","owner":2,"name":"Bakers","description":"Bread","created_at":"2024-05-02T08:00:00Z"}
            {"type":"course","id":"c","owner":2,"name":"Sourdough","created_at":"2024-05-02T09:00:00Z"}
            {"type":"member","group":"g","user":1,"created_at":"2024-05-02T10:00:00Z"}
            {"type":"member","course":"c","user":3,"created_at":"2024-05-02T11:00:00Z"}
            {"type":"post","id":10,"author":2,"title":"Rye","content":"Who has rye, @neema?","group":"g","views":40,"likes":3,"created_at":"2024-05-03T08:00:00Z","updated_at":"2024-05-03T09:00:00Z"}
            {"type":"comment","id":20,"post":10,"author":1,"text":"I do","created_at":"2024-05-03T10:00:00Z"}
            {"type":"comment","id":21,"post":10,"parent":20,"author":2,"text":"Great, @amina","loves":1,"created_at":"2024-05-03T11:00:00Z"}
            {"type":"reaction","post":10,"user":1,"reaction_type":"love","created_at":"2024-05-03T12:00:00Z"}
            {"type":"reaction","post":10,"user":1,"reaction_type":"like","created_at":"2024-05-03T12:30:00Z"}
            {"type":"reaction","comment":21,"user":3,"reaction_type":"haha","created_at":"2024-05-03T13:00:00Z"}
            {"type":"view","post":10,"user":1,"created_at":"2024-05-03T09:59:00Z"}
            {"type":"view","post":10,"user":9,"created_at":"2024-05-03T09:59:00Z"}
            {"type":"bookmark","post":10,"user":3,"created_at":"2024-05-03T13:00:00Z"}
            {"type":"share","post":10,"user":3,"created_at":"2024-05-03T13:00:00Z"}
            {"type":"follow","user":1,"followed":2,"created_at":"2024-05-03T13:00:00Z"}
            {"type":"follow","user":2,"followed":2,"created_at":"2024-05-03T13:00:00Z"}
            {"type":"comment","id":22,"post":10,"parent":99,"author":1,"text":"Lost","created_at":"2024-05-03T14:00:00Z"}
            {"type":"reaction","post":10,"user":2,"reaction_type":"wow","created_at":"2024-05-03T14:00:00Z"}
            {"type":"poll","id":1}
            """;

        var dry = await ImportRuns.Jsonl(app, lines, dryRun: true);
        var report = await ImportRuns.Jsonl(app, lines);
        Assert.Equal(dry.New("reactions"), report.New("reactions"));
        Assert.Equal((3, 1, 1, 1, 1, 2, 1), (report.New("users"), report.New("groups"), report.New("posts"), report.New("comments"), report.New("replies"), report.New("reactions"), report.New("views")));
        Assert.Equal(1, report.SkippedFor("views", "the person is not there"));
        Assert.Equal((1, 1, 1), (report.New("bookmarks"), report.New("shares"), report.New("follows")));
        Assert.Equal(1, report.SkippedFor("follows", "nobody follows themselves"));
        Assert.Equal(1, report.SkippedFor("replies", "what they reply to is not there"));
        Assert.Equal(1, report.SkippedFor("reaction lines", "reaction_type is none of like, love, haha, sad"));
        Assert.Equal(1, report.SkippedFor("poll lines", "type is none of the documented ones"));

        Assert.Equal(
            ["amina_2|other@example.org|true|1", "juma|juma@example.net|true|3", "neema||false|1"],
            await app.Db.Rows("select username, email, is_active::text, roles from users where imported_from is not null order by id"));
        Assert.Equal(["Rye|41|3|1|2|1|1|1|1|g"], await app.Db.Rows(
            "select p.title, p.views, p.like_count, p.love_count, p.comment_count, p.thread_count, p.bookmarks, p.shares, (select count(*) from post_views v where v.post_id = p.id), right(g.imported_from, 1) from posts p join groups g on g.id = p.group_id where p.imported_from is not null"));
        Assert.Equal(["I do|0|0", "Great, @amina|1|1"], await app.Db.Rows("select text, love_count, haha_count from comments where imported_from is not null order by id"));
        Assert.Equal(["Bakers|2", "Sourdough|2"], await app.Db.Rows("select name, member_count from groups where imported_from is not null union all select name, member_count from courses where imported_from is not null"));
        // Juma was named by people of the other deployment: amina there is not Amina here.
        Assert.Equal(["amina_2", "neema"], await app.Db.Rows("select u.username from mentions m join users u on u.id = m.user_id order by 1"));

        var rows = await app.Db.Scalar<long>("select count(*) from ledger");
        var again = await ImportRuns.Jsonl(app, lines);
        Assert.Equal(0, again.New("users") + again.New("groups") + again.New("courses") + again.New("members") + again.New("posts") + again.New("comments") + again.New("replies") + again.New("reactions") + again.New("views") + again.New("follows"));
        foreach (var check in new[] { "follows", "bookmarks" })
            Assert.Equal(1, again.There(check));
        Assert.Equal(rows, await app.Db.Scalar<long>("select count(*) from ledger"));
        // Amina's own verification is the only mail there is.
        Assert.Equal(1L, await app.Db.Scalar<long>("select count(*) from deliveries"));

        (await app.Anyone.Post("/api/auth/login", new { username = "juma", password = "a long old password" })).Is(200);
        (await app.Anyone.Post("/api/auth/login", new { username = "neema", password = "a long old password" })).Is(401);
    }
}
