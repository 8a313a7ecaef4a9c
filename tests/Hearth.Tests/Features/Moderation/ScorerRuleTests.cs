using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Hearth.Features.Messaging.Contacts.Import;
using Hearth.Features.Moderation;
using Hearth.Features.Moderation.Scoring;
using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Moderation;

public sealed class ScorerRuleTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Spam = "CONGRATULATIONS! You have won a £1000 prize. Call 09061234567 now to claim, only 150p per min";
    private const string Insult = "Shut up you stupid bitch, nobody asked you";
    private static readonly string[] Posts = ["post"];

    [Fact]
    public async Task A_rule_asks_the_scorer_and_reports_or_hides_what_it_is_sure_of()
    {
        var (amina, bilal, mona) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("mona", Roles.Moderator));
        var spam = (await mona.Post("/api/v1/moderation/auto-rules", new { name = "Spam", scorer = "spam", content_types = Posts, action = "flag", severity = 2 })).Is(201);
        Assert.Equal(("spam", 0.99), (spam["scorer"].GetString(), spam["threshold"].GetDouble()));
        (await mona.Post("/api/v1/moderation/auto-rules", new { name = "Insults", scorer = "offensive", threshold = 0.95, content_types = Posts, action = "hide", severity = 3 })).Is(201);

        var reported = await Write(amina, Spam);
        var hidden = await Write(amina, Insult);
        var harmless = await Write(amina, "Does anyone know how to change the date of a course after it was published?");
        // Swahili, which it cannot read, whatever its words may look like.
        var unread = await Write(amina, "Habari za asubuhi rafiki zangu, leo nimefika kazini mapema na nina furaha sana");

        (await bilal.Get($"/api/ventroom/posts/{reported}/")).Is(200);
        (await bilal.Get($"/api/ventroom/posts/{hidden}/")).Is(404);
        var waiting = (await mona.Get("/api/v1/moderation/queue?limit=100")).Is(200)["results"].EnumerateArray().ToDictionary(item => item.GetProperty("content_id").GetString()!);
        Assert.Equal(("rule: Spam", "spam"), Told(waiting[$"{reported}"]));
        Assert.Equal(("rule: Insults", "harassment"), Told(waiting[$"{hidden}"]));
        Assert.DoesNotContain($"{harmless}", waiting.Keys);
        Assert.DoesNotContain($"{unread}", waiting.Keys);

        // Another threshold holds at once; without the scorer there is nothing left to look for.
        (await mona.Patch($"/api/v1/moderation/auto-rules/{spam["id"].GetGuid()}", new { threshold = 1 })).Is(200);
        var passed = await Write(amina, Spam);
        Assert.DoesNotContain((await mona.Get("/api/v1/moderation/queue?limit=100"))["results"].EnumerateArray(), item => item.GetProperty("content_id").GetString() == $"{passed}");
        Assert.Contains("keywords", (await mona.Patch($"/api/v1/moderation/auto-rules/{spam["id"].GetGuid()}", new { scorer = (string?)null })).Is(400).Text);
    }

    [Fact]
    public async Task What_a_rule_asks_must_be_something_that_the_scorer_knows()
    {
        var mona = await app.SignUp("mona", Roles.Moderator);

        Assert.Contains("scorer", (await Add(mona, new { name = "Bad", scorer = "dull", content_types = Posts, action = "flag", severity = 1 })).Is(400).Text);
        Assert.Contains("threshold", (await Add(mona, new { name = "Bad", scorer = "spam", threshold = 0.2, content_types = Posts, action = "flag", severity = 1 })).Is(400).Text);
        Assert.Contains("threshold", (await Add(mona, new { name = "Bad", keywords = Posts, threshold = 0.9, content_types = Posts, action = "flag", severity = 1 })).Is(400).Text);
    }

    [Theory]
    [InlineData("spam", "sms-spam", "messages.csv.gz", 2, "spam", 0.97, 0.85)]
    [InlineData("offensive", "hate-offensive-tweets", "tweets.csv.gz", 6, "hate offensive", 0.97, 0.75)]
    public void By_default_a_rule_is_right_about_rows_that_training_never_saw(
        string scorer, string set, string file, int text, string bad, double leastPrecision, double leastRecall)
    {
        var rule = new Rule(new RuleRow { Name = "Held out", Keywords = [], Scorer = scorer, Threshold = ScorerRules.Default(scorer), ContentTypes = [2], Action = "flag" });
        var model = new TextScorer();
        // Every fifth row was held out.
        var rows = Rows(Path.Combine(SharedData.Folder(set), file)).Where((_, at) => at % 5 == 4).ToList();
        var (found, right, all) = (0, 0, 0);
        foreach (var row in rows)
        {
            var isBad = bad.Split(' ').Contains(row[1]);
            var isFound = rule.Finds(row[text], model.Score(row[text]));
            (found, right, all) = (found + (isFound ? 1 : 0), right + (isFound && isBad ? 1 : 0), all + (isBad ? 1 : 0));
        }

        var figures = string.Create(CultureInfo.InvariantCulture, $"{scorer}: {found} found, {right} of them right, {all} bad of {rows.Count}");
        Assert.True(right >= leastPrecision * found && right >= leastRecall * all && all > 100, figures);
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
    }

    private static List<List<string>> Rows(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return [.. CsvRows.Read(reader.ReadToEnd()).Skip(1)];
    }

    private static (string? Source, string? Reason) Told(JsonElement item) => (item.GetProperty("source").GetString(), item.GetProperty("reason").GetString());

    private static Task<Reply> Add(Person moderator, object rule) => moderator.Post("/api/v1/moderation/auto-rules", rule);

    private static async Task<long> Write(Person person, string text) =>
        (await person.Post("/api/ventroom/posts/", new { content = text })).Is(201)["id"].GetInt64();
}
