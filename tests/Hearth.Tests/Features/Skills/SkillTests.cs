using System.Text.Json;
using Hearth.Ledger;
using Hearth.Tests.Harness;
using static Hearth.Tests.Features.Skills.SkillsApp;

namespace Hearth.Tests.Features.Skills;

public sealed class SkillTests(SkillsApp app) : IClassFixture<SkillsApp>
{
    private const string Social = "/api/v1/social";

    private static readonly string[] Fields =
    [
        "id", "title", "description", "category", "difficulty", "tags", "days", "visibility", "author", "likes", "downloads", "views", "comment_count",
        "rating", "liked", "downloaded", "my_rating", "created_at", "updated_at",
    ];

    [Fact]
    public async Task A_shared_skill_is_answered_in_the_contracts_fields()
    {
        var amina = await app.SignUp("amina");

        var made = (await amina.Post($"{Social}/skills", new
        {
            title = "  Bread in seven days ",
            description = "A jar, flour, water.",
            category = "Cooking",
            difficulty = "intermediate",
            tags = new[] { "bread", "Bread", "patience" },
            days = new[] { new { day = 2, title = "Feed it", tasks = new[] { "Stir", "Wait" } }, new { day = 1, title = "A jar", tasks = Array.Empty<string>() } },
        })).Is(201);

        Assert.Equal(Fields, made.Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal("Bread in seven days", made["title"].GetString());
        Assert.Equal("""["bread","patience"]""", made["tags"].GetRawText());
        Assert.Equal("""[{"day":1,"title":"A jar","tasks":[]},{"day":2,"title":"Feed it","tasks":["Stir","Wait"]}]""", made["days"].GetRawText());
        Assert.Equal("public", made["visibility"].GetString());
        Assert.Equal(amina.Uuid, made["author.id"].GetGuid());
        Assert.Equal("""{"average":0,"count":0}""", made["rating"].GetRawText());
        Assert.Equal(JsonValueKind.Null, made["my_rating"].ValueKind);
        Assert.Equal(made.Text, (await amina.Get($"{Social}/skills/{made["id"].GetString()}")).Is(200).Text);
    }

    [Theory]
    [InlineData("""{}""", "title")]
    [InlineData("""{"title":" "}""", "title")]
    [InlineData("""{"title":5}""", "title")]
    [InlineData("""{"title":"x","difficulty":"easy"}""", "difficulty")]
    [InlineData("""{"title":"x","visibility":"all"}""", "visibility")]
    [InlineData("""{"title":"x","tags":"bread"}""", "tags")]
    [InlineData("""{"title":"x","tags":[null]}""", "tags")]
    [InlineData("""{"title":"x","days":[{"day":0,"title":"a","tasks":[]}]}""", "days")]
    [InlineData("""{"title":"x","days":[{"day":1,"title":"a","tasks":[]},{"day":1,"title":"b","tasks":[]}]}""", "days")]
    [InlineData("""{"title":"x","days":[null]}""", "days")]
    [InlineData("""{"title":"x","days":[{"day":1,"title":null,"tasks":[null]}]}""", "days")]
    public async Task What_is_wrong_with_a_skill_is_named(string body, string field)
    {
        var amina = await app.SignUp("amina");

        var named = Assert.Single((await amina.Post($"{Social}/skills", body)).Is(400)["errors"].EnumerateObject()).Name;

        Assert.StartsWith(field, named, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_author_changes_and_deletes_a_skill()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var id = await Share(amina, "Bread", tags: ["jar"]);

        (await bilal.Put($"{Social}/skills/{id}", new { title = "Mine" })).Is(403);
        (await bilal.Delete($"{Social}/skills/{id}")).Is(403);
        (await app.Anyone.Get($"{Social}/skills/{id}")).Is(401);
        var changed = (await amina.Put($"{Social}/skills/{id}", new { title = "Better bread", difficulty = "advanced" })).Is(200);
        Assert.Equal("Better bread", changed["title"].GetString());
        Assert.Equal("""["jar"]""", changed["tags"].GetRawText());
        (await amina.Put($"{Social}/skills/{id}", new { title = "Better bread" })).Is(200);
        Assert.Equal(1, await app.Rows(Verb.EditSkill, amina));

        (await amina.Post($"{Social}/skills/{id}/comments", new { text = "A start" })).Is(201);
        (await amina.Delete($"{Social}/skills/{id}")).Is(204);
        (await amina.Get($"{Social}/skills/{id}")).Is(404);
        (await amina.Post($"{Social}/skills/{id}/like")).Is(404);
        (await amina.Get($"{Social}/skills/nonsense")).Is(404);
        await app.VerifySkills();
    }

    [Fact]
    public async Task Likes_at_once_are_counted_exactly()
    {
        var author = await app.SignUp("amina");
        var id = await Share(author, "Bread");
        var people = new List<Person>();
        for (var i = 0; i < 8; i++)
            people.Add(await app.SignUp("fan"));

        // Five times each: an odd number, so that everyone likes it in the end.
        var replies = await Task.WhenAll(people.SelectMany(person => Enumerable.Range(0, 5).Select(_ => person.Post($"{Social}/skills/{id}/like"))));

        Assert.All(replies, reply => Assert.Equal(["liked", "likes"], reply.Is(200).Json.EnumerateObject().Select(field => field.Name)));
        Assert.Equal(8, (await author.Get($"{Social}/skills/{id}"))["likes"].GetInt32());
        Assert.True((await people[0].Get($"{Social}/skills/{id}"))["liked"].GetBoolean());
        Assert.Equal("""{"liked":false,"likes":7}""", (await people[0].Post($"{Social}/skills/{id}/like")).Is(200).Text);
        await app.VerifySkills();
    }

    [Fact]
    public async Task A_like_with_an_idempotency_key_is_one_however_often_it_is_sent()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var id = await Share(amina, "Bread");

        for (var i = 0; i < 3; i++)
        {
            var reply = await bilal.Send(HttpMethod.Post, $"{Social}/skills/{id}/like", null, ("Idempotency-Key", "once"));
            Assert.Equal("""{"liked":true,"likes":1}""", reply.Is(200).Text);
        }

        Assert.Equal(1, await app.Rows(Verb.LikeSkill, bilal));
        Assert.Equal(0, await app.Rows(Verb.UnlikeSkill, bilal));
    }

    [Fact]
    public async Task A_download_counts_once_per_person_however_many_come_at_once()
    {
        var author = await app.SignUp("amina");
        var id = await Share(author, "Bread");
        var people = new List<Person>();
        for (var i = 0; i < 6; i++)
            people.Add(await app.SignUp("reader"));

        var replies = await Task.WhenAll(people.SelectMany(person => Enumerable.Range(0, 3).Select(_ => person.Post($"{Social}/skills/{id}/download"))));

        Assert.All(replies, reply => Assert.True(reply.Is(200)["skill.downloaded"].GetBoolean()));
        Assert.Equal(6, (await people[0].Post($"{Social}/skills/{id}/download")).Is(200)["downloads"].GetInt32());
        Assert.Equal(1, await app.Rows(Verb.DownloadSkill, people[0]));
        await app.VerifySkills();
    }

    [Fact]
    public async Task A_second_rating_replaces_the_first()
    {
        var (amina, bilal, chidi) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chidi"));
        var id = await Share(amina, "Bread");

        Assert.Equal("""{"rating":{"average":2,"count":1},"my_rating":2}""", (await bilal.Post($"{Social}/skills/{id}/rate", new { rating = 2 })).Is(200).Text);
        (await chidi.Post($"{Social}/skills/{id}/rate", new { rating = 4, review = "Clear" })).Is(200);
        Assert.Equal("""{"rating":{"average":4.5,"count":2},"my_rating":5}""", (await bilal.Post($"{Social}/skills/{id}/rate", new { rating = 5 })).Is(200).Text);
        (await bilal.Post($"{Social}/skills/{id}/rate", new { rating = 5 })).Is(200);

        Assert.Equal(2, await app.Rows(Verb.RateSkill, bilal));
        foreach (var wrong in new object[] { new { rating = 0 }, new { rating = 6 }, new { rating = 2.5 }, new { rating = "5" }, new { } })
            Assert.Equal("rating", Assert.Single((await bilal.Post($"{Social}/skills/{id}/rate", wrong)).Is(400)["errors"].EnumerateObject()).Name);
        await app.VerifySkills();
    }

    [Fact]
    public async Task What_people_write_with_their_ratings_is_there_to_read_the_latest_first()
    {
        var (amina, bilal, chidi, dalia) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chidi"), await app.SignUp("dalia"));
        var id = await Share(amina, "Bread");
        (await bilal.Post($"{Social}/skills/{id}/rate", new { rating = 4, review = "Clear" })).Is(200);
        (await chidi.Post($"{Social}/skills/{id}/rate", new { rating = 2, review = "Too salty" })).Is(200);
        (await dalia.Post($"{Social}/skills/{id}/rate", new { rating = 5 })).Is(200);

        var first = (await amina.Get($"{Social}/skills/{id}/reviews?limit=1")).Is(200);
        Assert.Equal((chidi.Uuid, 2, "Too salty"), (first["results.0.author.id"].GetGuid(), first["results.0.rating"].GetInt32(), first["results.0.review"].GetString()));
        var second = (await amina.Get(first["next"].GetString()!)).Is(200);
        Assert.Equal("Clear", second["results.0.review"].GetString());
        Assert.Equal(JsonValueKind.Null, second["next"].ValueKind);

        // Who is blocked is not read, a rating without words takes them back, and who may not see the skill sees nothing of it.
        (await amina.Post($"/api/v1/users/{chidi.Uuid}/block")).Is(201);
        Assert.Equal(1, (await amina.Get($"{Social}/skills/{id}/reviews"))["results"].GetArrayLength());
        (await bilal.Post($"{Social}/skills/{id}/rate", new { rating = 3 })).Is(200);
        Assert.Equal(0, (await amina.Get($"{Social}/skills/{id}/reviews"))["results"].GetArrayLength());
        (await chidi.Get($"{Social}/skills/{id}/reviews")).Is(404);
    }

    [Fact]
    public async Task A_comment_is_changed_by_its_author_alone_and_keeps_its_replies()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var comments = $"{Social}/skills/{await Share(amina, "Bread")}/comments";
        var comment = (await bilal.Post(comments, new { text = "Nise" })).Is(201)["id"].GetString();
        (await amina.Post(comments, new { text = "Thanks", parent = comment })).Is(201);

        var changed = (await bilal.Put($"{comments}/{comment}", new { text = "Nice" })).Is(200);
        (await bilal.Put($"{comments}/{comment}", new { text = "Nice" })).Is(200);

        Assert.Equal(("Nice", 1, "Thanks"), (changed["text"].GetString(), changed["reply_count"].GetInt32(), changed["replies.0.text"].GetString()));
        Assert.Equal("Nice", (await amina.Get(comments))["results.0.text"].GetString());
        Assert.Equal(1, await app.Rows(Verb.EditSkill, bilal));
        (await amina.Put($"{comments}/{comment}", new { text = "Great" })).Is(403);
        (await bilal.Put($"{comments}/{comment}", new { text = " " })).Is(400);
        (await bilal.Put($"{comments}/{Guid.NewGuid()}", new { text = "Nice" })).Is(404);
        await app.VerifySkills();
    }

    [Fact]
    public async Task A_reader_counts_as_one_view()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var id = await Share(amina, "Bread");

        var first = await bilal.Send(HttpMethod.Get, $"{Social}/skills/{id}", null, ("Prefer", "wait"));
        Assert.Equal(1, first.Is(200)["views"].GetInt32());
        Assert.Equal("wait", first.Header("Preference-Applied"));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => bilal.Get($"{Social}/skills/{id}")));
        var last = await amina.Send(HttpMethod.Get, $"{Social}/skills/{id}", null, ("Prefer", "wait"));

        Assert.Equal(2, last.Is(200)["views"].GetInt32());
        Assert.Equal(1, await app.Rows(Verb.ViewSkill, bilal));
        await app.VerifySkills();
    }

    [Fact]
    public async Task Comments_come_newest_first_with_their_first_replies()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var id = await Share(amina, "Bread");
        var top = (await bilal.Post($"{Social}/skills/{id}/comments", new { text = "How warm?" })).Is(201)["id"].GetString()!;
        var parent = top;
        for (var i = 0; i < 5; i++)
            parent = (await amina.Post($"{Social}/skills/{id}/comments", new { text = $"Answer {i}", parent })).Is(201)["id"].GetString()!;
        (await amina.Post($"{Social}/skills/{id}/comments", new { text = "Another" })).Is(201);

        var list = (await bilal.Get($"{Social}/skills/{id}/comments")).Is(200);
        Assert.Equal(["Another", "How warm?"], list["results"].EnumerateArray().Select(one => one.GetProperty("text").GetString()!));
        Assert.Equal(["Answer 0", "Answer 1", "Answer 2"], list["results.1.replies"].EnumerateArray().Select(one => one.GetProperty("text").GetString()!));
        Assert.Equal(5, list["results.1.reply_count"].GetInt32());
        var named = (await bilal.Get($"{Social}/skills/{id}/comments?at={parent}&limit=1")).Is(200);
        Assert.Equal(top, named["results.0.id"].GetString());
        Assert.Equal("Another", (await bilal.Get(named["previous"].GetString()!)).Is(200)["results.0.text"].GetString());
        Assert.Equal("Another", (await bilal.Get($"{Social}/skills/{id}/comments?at={Guid.NewGuid()}")).Is(200)["results.0.text"].GetString());
        (await bilal.Get($"{Social}/skills/{id}/comments?at=x")).Is(400);
        var below = (await bilal.Get($"{Social}/skills/{id}/comments?parent={top}&limit=4")).Is(200);
        Assert.Equal(4, below["results"].GetArrayLength());
        Assert.Equal("Answer 4", (await bilal.Get(below["next"].GetString()!)).Is(200)["results.0.text"].GetString());
        Assert.Equal(7, (await bilal.Get($"{Social}/skills/{id}"))["comment_count"].GetInt32());

        (await app.Anyone.Delete($"{Social}/skills/{id}/comments/{top}")).Is(401);
        (await bilal.Delete($"{Social}/skills/{id}/comments/{parent}")).Is(403);
        (await bilal.Delete($"{Social}/skills/{id}/comments/{top}")).Is(204);
        Assert.Equal(1, (await bilal.Get($"{Social}/skills/{id}"))["comment_count"].GetInt32());
        Assert.Equal("parent", Assert.Single(
            (await bilal.Post($"{Social}/skills/{id}/comments", new { text = "x", parent = top })).Is(400)["errors"].EnumerateObject()).Name);
        (await bilal.Post($"{Social}/skills/{id}/comments", new { text = "" })).Is(400);
        await app.VerifySkills();
    }

    [Fact]
    public async Task Votes_at_once_on_a_task_sum_up_exactly()
    {
        var author = await app.SignUp("amina");
        var id = await Share(author, "Bread");
        var made = (await author.Post($"{Social}/skills/{id}/tasks", new { day = 1, title = "Buy flour" })).Is(201);
        Assert.Equal(
            ["id", "skill", "day", "title", "description", "author", "votes", "my_vote", "created_at"], made.Json.EnumerateObject().Select(field => field.Name));
        var task = made["id"].GetString();
        var people = new List<Person>();
        for (var i = 0; i < 6; i++)
            people.Add(await app.SignUp("voter"));

        // Each for it, then against it, then as the last says.
        await Task.WhenAll(people.Select(async (person, i) =>
        {
            foreach (var value in new[] { 1, -1, i % 3 - 1 })
                (await person.Post($"{Social}/tasks/{task}/vote", new { value })).Is(200);
        }));

        Assert.Equal("""{"votes":1,"my_vote":1}""", (await author.Post($"{Social}/tasks/{task}/vote", new { value = 1 })).Is(200).Text);
        (await author.Post($"{Social}/tasks/{task}/vote", new { value = 2 })).Is(400);
        (await author.Post($"{Social}/tasks/{task}/vote", new { })).Is(400);
        (await author.Post($"{Social}/skills/{id}/tasks", new { day = 0, title = "x" })).Is(400);
        (await author.Post($"{Social}/skills/{id}/tasks", new { title = "x" })).Is(400);
        var second = (await people[0].Post($"{Social}/skills/{id}/tasks", new { day = 1, title = "Buy water" })).Is(201)["id"].GetString();
        var list = (await people[0].Get($"{Social}/skills/{id}/tasks?limit=1")).Is(200);
        Assert.Equal("Buy flour", list["results.0.title"].GetString());
        Assert.Equal(second, (await people[0].Get(list["next"].GetString()!)).Is(200)["results.0.id"].GetString());
        (await people[1].Delete($"{Social}/tasks/{second}")).Is(403);
        (await author.Delete($"{Social}/tasks/{second}")).Is(204);
        await app.VerifySkills();
    }
}
