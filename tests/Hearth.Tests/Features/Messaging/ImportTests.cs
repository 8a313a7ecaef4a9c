using System.Globalization;
using System.Text;
using Hearth.Features.Messaging.Contacts.Import;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Messaging;

public sealed class ImportTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public void Csv_is_read_as_spreadsheets_write_it()
    {
        Assert.Equal(
            [["name", "tags"], ["Mwangi, Sarah", "a \"b\"\nc"], ["x", ""]],
            CsvRows.Read("\uFEFFname,tags\r\n\"Mwangi, Sarah\",\"a \"\"b\"\"\nc\"\r\n\r\nx,"));
        Assert.Equal([["name", "phone"], ["x", "1"]], CsvRows.Read("name;phone\rx;1"));
    }

    [Fact]
    public async Task Each_bad_row_is_told_and_the_others_are_taken()
    {
        var desk = await Desk.Open(app);
        await desk.Contact("Known", "+254700000001", null, "old");
        const string file = "name,phone,email,tags\nSarah,+254700000002,sarah@example.org,coffee;tea\n,+254700000003,,\nJohn,call me,,\nKnown again,+254700000001,,new\nTwice,+254700000002,,\n";
        using var form = new MultipartFormDataContent { { new StringContent(file, Encoding.UTF8, "text/csv"), "file", "contacts.csv" } };

        var import = (await desk.Member.Post("/api/messaging/contacts/import/", form)).Is(201);
        Assert.Equal("completed", import["data.status"].GetString());
        Assert.Equal(
            (5, 5, 1, 2, 2),
            (import["data.total"].GetInt32(), import["data.processed"].GetInt32(), import["data.added"].GetInt32(), import["data.existing"].GetInt32(), import["data.invalid"].GetInt32()));
        Assert.Equal("""[{"row":2,"message":"name: This field may not be blank."},{"row":3,"message":"phone: Enter a valid phone number."}]""", import["data.errors"].GetRawText());
        Assert.Equal("""["old","new"]""", (await desk.Member.Get("/api/messaging/contacts/?q=known"))["data.results.0.tags"].GetRawText());
        Assert.Equal("""["coffee","tea"]""", (await desk.Member.Get("/api/messaging/contacts/?q=sarah"))["data.results.0.tags"].GetRawText());

        var report = (await desk.Member.Get($"/api/messaging/contacts/imports/{import["data.id"].GetGuid()}/errors/")).Is(200);
        Assert.Equal("row,message\r\n2,\"name: This field may not be blank.\"\r\n3,\"phone: Enter a valid phone number.\"\r\n", report.Text);
        await desk.NothingDrifts();
    }

    [Fact]
    public async Task A_long_list_goes_on_behind_the_answer()
    {
        var desk = await Desk.Open(app);
        var rows = string.Join(',', Enumerable.Range(1, 5_000).Select(n => string.Create(CultureInfo.InvariantCulture, $$"""{"name":"Friend {{n}}","phone":"+2547{{n:00000000}}","tags":["friends"]}""")));
        var import = (await desk.Member.Post("/api/messaging/contacts/import/", $"[{rows},7]")).Is(202);
        var path = $"/api/messaging/contacts/imports/{import["data.id"].GetGuid()}/";
        await Eventually.IsTrue(async () => (await desk.Member.Get(path)).Is(200)["data.status"].GetString() == "completed");

        var done = (await desk.Member.Get(path)).Is(200);
        Assert.Equal((5_001, 5_001, 5_000, 1), (done["data.total"].GetInt32(), done["data.processed"].GetInt32(), done["data.added"].GetInt32(), done["data.invalid"].GetInt32()));
        var feed = (await desk.Member.Get("/api/messaging/activity/recent/?type=contacts_added")).Is(200);
        Assert.Equal(5_000, feed["data.activities"].EnumerateArray().Sum(line => line.GetProperty("metadata").GetProperty("count").GetInt32()));
        Assert.Equal(5, feed["data.activities.0.metadata.contacts"].GetArrayLength());
        await desk.NothingDrifts();
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "[")]
    [InlineData("text/csv", "")]
    [InlineData("text/csv", "first,last\na,b")]
    public async Task What_is_no_list_is_refused(string type, string body)
    {
        var desk = await Desk.Open(app);
        (await desk.Member.Post("/api/messaging/contacts/import/", new StringContent(body, Encoding.UTF8, type))).Is(400);
    }
}
