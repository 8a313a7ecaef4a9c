using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using Hearth.Features.Interactions;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Hearth.Tests.Features.Interactions;

public sealed class ReadingTests(InteractionsApp app) : IClassFixture<InteractionsApp>
{
    private static readonly string[] Types = ["view", "like", "dislike", "save", "share", "skip", "play", "complete", "rate"];

    [Fact]
    public async Task Nothing_tracked_has_no_range()
    {
        var amina = await app.SignUp("amina");
        var none = (await amina.Get($"/interactions/patterns/{amina.Id}")).Is(200);
        Assert.Equal(0, none["totalInteractions"].GetInt64());
        Assert.Equal(JsonValueKind.Null, none["dateRange"].ValueKind);
        Assert.Equal(JsonValueKind.Null, none["patterns.moodCorrelation"].ValueKind);
        Assert.Equal("[]", (await amina.Get($"/interactions/export/{amina.Id}")).Is(200).Text);
        Assert.Equal("stable", none["trends.interactionFrequency"].GetString());
    }

    [Theory]
    [InlineData(1, "UTC")]
    [InlineData(2, "Asia/Kathmandu")]
    [InlineData(3, "America/St_Johns")]
    public async Task Patterns_totals_and_export_are_what_a_computation_of_its_own_says(int seed, string zone)
    {
        var daniel = await app.SignUp("daniel");
        (await daniel.Patch("/api/auth/me", new { time_zone = zone })).Is(200);
        var sent = await Live(daniel, seed);
        var naive = new NaivePatterns(sent, TimeZoneInfo.FindSystemTimeZoneById(zone));

        var patterns = (await daniel.Get($"/interactions/patterns/{daniel.Id}")).Is(200);
        Assert.Equal(sent.Count, patterns["totalInteractions"].GetInt64());
        Assert.Equal(naive.MostCommonType, patterns["patterns.mostCommonType"].GetString());
        Assert.Equal(naive.AverageDuration, patterns["patterns.averageDuration"].GetDouble(), 2);
        Assert.Equal(naive.Correlation!.Value, patterns["patterns.moodCorrelation"].GetDouble(), 3);
        Assert.Equal(naive.PartOfDay, patterns["patterns.timeOfDayPattern"].GetString());
        Assert.Equal(naive.ContentType, patterns["patterns.contentTypePreference"].GetString());
        Assert.Equal(naive.Frequency, patterns["trends.interactionFrequency"].GetString());
        Assert.Equal(naive.CorrelationTrend, patterns["trends.moodCorrelation"].GetString());
        Assert.Equal(sent.Min(one => one.At), patterns["dateRange.start"].GetDateTime().ToUniversalTime());
        Assert.Equal(sent.Max(one => one.At), patterns["dateRange.end"].GetDateTime().ToUniversalTime());

        await ChartsAre(daniel, "", sent, naive, zone);
        var since = sent.Min(one => one.At).AddDays(11).AddMinutes(3);
        await ChartsAre(daniel, string.Create(CultureInfo.InvariantCulture, $"?startDate={since:O}"), sent.FindAll(one => one.At >= since), naive, zone);

        // Totals come from counters by day and the ends of days, and must be what counting rows gives, wherever the range begins and ends.
        foreach (var (from, to) in new (int From, int To)[] { (20, 0), (9, 3), (5, 5), (29, 28), (2, 1) })
        {
            var start = sent.Max(one => one.At).AddDays(-from).AddMinutes(-7);
            var end = sent.Max(one => one.At).AddDays(-to);
            foreach (var type in new[] { null, "rate" })
            {
                var expected = sent.Count(one => one.At >= start && one.At <= end && (type is null || one.Type == type));
                var reply = await daniel.Get(string.Create(
                    CultureInfo.InvariantCulture,
                    $"/interactions/history/{daniel.Id}?startDate={start:O}&endDate={end:O}&limit=100{(type is null ? "" : "&interactionType=" + type)}"));
                Assert.Equal(expected, reply.Is(200)["total"].GetInt64());
                Assert.Equal(Math.Min(expected, 100), reply["data"].GetArrayLength());
            }
        }

        var day = DateOnly.FromDateTime(sent[0].At);
        var ofDay = await daniel.Get(string.Create(CultureInfo.InvariantCulture, $"/interactions/history/{daniel.Id}?startDate={day:yyyy-MM-dd}&endDate={day:yyyy-MM-dd}"));
        Assert.Equal(sent.Count(one => DateOnly.FromDateTime(one.At) == day), ofDay.Is(200)["total"].GetInt64());
        Assert.Equal(
            sent.OrderBy(one => one.At).Select(one => one.At),
            (await daniel.Get($"/interactions/export/{daniel.Id}")).Is(200).Json.EnumerateArray().Select(row => row.GetProperty("createdAt").GetDateTime().ToUniversalTime()));
        await app.VerifyInteractions();
    }

    [Fact]
    public async Task Two_pairs_are_no_correlation_and_three_are()
    {
        var esther = await app.SignUp("esther");
        (await InteractionsApp.Track(esther, await app.Content("A"), "like", new { moodIntensityAtInteraction = 9 })).Is(201);
        (await InteractionsApp.Track(esther, await app.Content("B"), "skip", new { moodIntensityAtInteraction = 2 })).Is(201);
        (await InteractionsApp.Track(esther, await app.Content("C"), "view", new { moodIntensityAtInteraction = 2 })).Is(201);
        Assert.Equal(JsonValueKind.Null, (await esther.Get($"/interactions/patterns/{esther.Id}"))["patterns.moodCorrelation"].ValueKind);
        (await InteractionsApp.Track(esther, await app.Content("D"), "rate", new { interactionValue = 5, moodIntensityAtInteraction = 2 })).Is(201);
        Assert.Equal(1, (await esther.Get($"/interactions/patterns/{esther.Id}"))["patterns.moodCorrelation"].GetDouble());
    }

    [Fact]
    public async Task A_history_has_the_titles_where_they_are_asked_for()
    {
        var habiba = await app.SignUp("habiba");
        await app.Content("Arrival", externalId: "arrival");
        var solaris = await app.Content("Solaris");
        (await InteractionsApp.Track(habiba, "arrival", "view")).Is(201);
        (await InteractionsApp.Track(habiba, solaris, "like")).Is(201);
        var plain = (await habiba.Get($"/interactions/history/{habiba.Id}")).Is(200)["data"].EnumerateArray().ToList();
        Assert.DoesNotContain(plain, row => row.TryGetProperty("contentTitle", out _));
        var titled = (await habiba.Get($"/interactions/history/{habiba.Id}?includeTitles=true")).Is(200)["data"].EnumerateArray().ToList();
        Assert.Equal(["Solaris", "Arrival"], titled.Select(row => row.GetProperty("contentTitle").GetString()));
        // The rest is as it is without.
        Assert.Equal(plain.Select(row => row.ToString()), titled.Select(row => row.ToString().Replace($",\"contentTitle\":\"{row.GetProperty("contentTitle").GetString()}\"", "", StringComparison.Ordinal)));
        (await habiba.Get($"/interactions/history/{habiba.Id}?includeTitles=perhaps")).Is(400);
    }

    [Fact]
    public async Task A_table_has_the_columns_of_the_schema_and_nothing_that_a_spreadsheet_runs()
    {
        var farida = await app.SignUp("farida");
        var content = await app.Content("=1+1", externalId: "=HYPERLINK(1)");
        (await InteractionsApp.Track(farida, "=HYPERLINK(1)", "like", new { moodAtInteraction = "@home", context = " =cmd|x", notes = "say \"hi\",\n-2" })).Is(201);
        (await InteractionsApp.Track(farida, content, "view", new { notes = "-1+2" })).Is(201);
        var csv = (await farida.Get($"/interactions/export/{farida.Id}?format=csv")).Is(200);
        Assert.StartsWith("text/csv", csv.Header("Content-Type"), StringComparison.Ordinal);
        var lines = csv.Text.Split("\r\n");
        Assert.Equal(
            "id,user_id,content_id,interaction_type,interaction_value,mood_at_interaction,mood_intensity_at_interaction,interaction_duration_seconds,context,notes,created_at,updated_at",
            lines[0]);
        Assert.Contains($",'=HYPERLINK(1),like,,'@home,,,' =cmd|x,\"say \"\"hi\"\",\n-2\",", lines[1], StringComparison.Ordinal);
        Assert.Contains($",{content},view,,,,,,'-1+2,", lines[2], StringComparison.Ordinal);
        var bare = (await farida.Get($"/interactions/export/{farida.Id}?format=csv&includeMoodData=false")).Is(200).Text;
        Assert.DoesNotContain("mood", bare, StringComparison.Ordinal);
        Assert.DoesNotContain("home", bare, StringComparison.Ordinal);
        (await farida.Get($"/interactions/export/{farida.Id}?format=pdf")).Is(400);
    }

    [Fact]
    public async Task A_long_history_shows_its_moods_by_week_or_by_month()
    {
        var zawadi = await app.SignUp("zawadi");
        var content = await app.Content("Long ago");
        foreach (var (type, days, step) in new[] { (1, 0, "day"), (2, 62, "day"), (3, 64, "week"), (4, 549, "week"), (5, 551, "month") })
        {
            await app.Db.Execute(
                """
                with i as (select timestamptz '2026-06-17 12:00Z' - $3 * interval '1 day' as at),
                p as (insert into interaction_people as p (user_id, n) values ($1, 1) on conflict (user_id) do update set n = p.n + 1),
                d as (insert into interaction_days select $1, (at at time zone 'UTC')::date, $2::int, 1, 0, 0 from i)
                insert into interactions (user_id, type, content_id, by_external_id, intensity, created_at, updated_at) select $1, $2::int, $4, false, $2::int, at, at from i
                """,
                zawadi.Id, type, days, long.Parse(content, CultureInfo.InvariantCulture));
            Assert.Equal(step, (await zawadi.Get($"/interactions/charts/{zawadi.Id}")).Is(200)["moodStep"].GetString());
        }

        // A week is called by its Monday, a month by its first.
        var weeks = (await zawadi.Get($"/interactions/charts/{zawadi.Id}?startDate=2026-04-01")).Is(200)["mood"].EnumerateArray();
        Assert.Equal(["2026-04-13 2.5", "2026-06-15 1"], weeks.Select(Told));
        var months = (await zawadi.Get($"/interactions/charts/{zawadi.Id}")).Is(200)["mood"].EnumerateArray();
        Assert.Equal(["2024-12-01 4.5", "2026-04-01 2.5", "2026-06-01 1"], months.Select(Told));
        await app.Db.Execute("delete from interactions where user_id = $1", zawadi.Id);
        await app.Db.Execute("delete from interaction_days where user_id = $1", zawadi.Id);
        await app.Db.Execute("delete from interaction_people where user_id = $1", zawadi.Id);

        static string Told(JsonElement point) => string.Create(CultureInfo.InvariantCulture, $"{point.GetProperty("from").GetString()} {point.GetProperty("average").GetDouble()}");
    }

    [Fact]
    public async Task A_table_has_a_mark_of_its_encoding_where_it_is_asked_for()
    {
        var naliaka = await app.SignUp("naliaka");
        (await InteractionsApp.Track(naliaka, await app.Content("Café"), "like", new { notes = "Très bien; =1+1\t\"ça\"" })).Is(201);
        var path = $"/interactions/export/{naliaka.Id}?format=csv";
        var (plain, marked) = (await naliaka.Http.GetByteArrayAsync(path), await naliaka.Http.GetByteArrayAsync(path + "&bom=true"));
        Assert.Equal("id"u8.ToArray(), plain[..2]);
        Assert.Equal([0xEF, 0xBB, 0xBF, .. plain], marked);
        Assert.Equal("[{"u8.ToArray(), (await naliaka.Http.GetByteArrayAsync($"/interactions/export/{naliaka.Id}?bom=true"))[..2]);
        Assert.Equal("Très bien; =1+1\t\"ça\"", Hearth.Features.Messaging.Contacts.Import.CsvRows.Read(System.Text.Encoding.UTF8.GetString(plain)).ElementAt(1)[9]);
    }

    [Fact]
    public async Task An_export_of_several_chunks_has_every_row_once()
    {
        var grace = await app.SignUp("grace");
        await SeeMuch(grace);
        var rows = (await grace.Get($"/interactions/export/{grace.Id}")).Is(200).Json.EnumerateArray().Select(row => row.GetProperty("id").GetInt64()).ToList();
        Assert.Equal(5003, rows.Count);
        Assert.Equal(5003, rows.Distinct().Count());
        Assert.Equal(5003, (await grace.Get($"/interactions/history/{grace.Id}?offset=5000"))["total"].GetInt64());
        await ForgetMuch(grace);
    }

    [Fact]
    public async Task An_export_ends_with_its_reader_or_its_request()
    {
        var ct = TestContext.Current.CancellationToken;
        var wanja = await app.SignUp("wanja");
        await SeeMuch(wanja);
        var export = new InteractionExport(
            app.Services.GetRequiredService<NpgsqlDataSource>(), new InteractionRange(wanja.Id, null, null), mood: true, TimeProvider.System);
        var whole = new CountingWriter(PipeWriter.Create(Stream.Null));
        await export.Write(whole, "", ct);

        // The first chunk waits for somebody to read it.
        var gone = new Pipe();
        var left = new CountingWriter(gone.Writer);
        var writing = export.Write(left, "", ct);
        await gone.Reader.ReadAsync(ct);
        Assert.False(writing.IsCompleted);
        await gone.Reader.CompleteAsync();
        await writing;
        Assert.InRange(left.Written, 1, whole.Written / 2);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var kept = new Pipe();
        var stopped = export.Write(kept.Writer, "", ended.Token);
        await kept.Reader.ReadAsync(ct);
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        await ForgetMuch(wanja);
    }

    private Task SeeMuch(Person person) => app.Db.Execute(
        """
        with made as (
          insert into contents (title, type) select 'film ' || i, 'movies' from generate_series(1, 5003) i returning id),
        put as (
          insert into interactions (user_id, type, content_id, by_external_id, created_at, updated_at)
          select $1, 7, id, false, date_trunc('day', now()) - (id % 7) * interval '1 hour', now() from made returning created_at),
        people as (insert into interaction_people (user_id, n) values ($1, 5003))
        insert into interaction_days select $1, (created_at at time zone 'UTC')::date, 7, count(*), 0, 0 from put group by 2
        """,
        person.Id);

    /// <summary>What the ledger does not know of would be a difference to whoever verifies.</summary>
    private async Task ForgetMuch(Person person)
    {
        foreach (var table in new[] { "interactions", "interaction_days", "interaction_people" })
            await app.Db.Execute($"delete from {table} where user_id = $1", person.Id);
    }

    private static async Task ChartsAre(Person person, string query, List<Sent> sent, NaivePatterns naive, string zone)
    {
        var charts = (await person.Get($"/interactions/charts/{person.Id}{query}")).Is(200);
        Assert.Equal((sent.Count, zone, "day"), (charts["totalInteractions"].GetInt64(), charts["timeZone"].GetString(), charts["moodStep"].GetString()));
        Assert.Equal(
            NaivePatterns.ByType(sent),
            charts["types"].EnumerateArray().Select(one => $"{one.GetProperty("interactionType").GetString()} {one.GetProperty("interactions").GetInt64()}"));
        Assert.Equal(naive.ByHour(sent), charts["hours"].EnumerateArray().Select(hour => hour.GetInt64()));
        var expected = naive.MoodByDay(sent).ToList();
        var mood = charts["mood"].EnumerateArray().ToList();
        Assert.Equal(expected.Select(day => (day.Day, day.Notes)), mood.Select(point => (DateOnly.Parse(point.GetProperty("from").GetString()!, CultureInfo.InvariantCulture), point.GetProperty("notes").GetInt64())));
        Assert.All(expected.Zip(mood), pair => Assert.Equal(pair.First.Mean, pair.Second.GetProperty("average").GetDouble(), 0.0051));
    }

    private async Task<List<Sent>> Live(Person person, int seed)
    {
        var random = new Random(seed);
        string[] kinds = ["movies", "articles", "exercises"];
        var contents = new List<(string Id, string Type)>();
        for (var i = 0; i < 12; i++)
        {
            var kind = kinds[random.Next(kinds.Length)];
            contents.Add((await app.Content($"Thing {i}", kind), kind));
        }

        var now = DateTime.UtcNow;
        now = new DateTime(now.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
        var sent = new List<Sent>();
        var pairs = (from content in contents from type in Types select (content, type)).OrderBy(_ => random.Next()).Take(70);
        foreach (var ((id, kind), type) in pairs)
        {
            sent.Add(new Sent(
                id,
                kind,
                type,
                type == "rate" || random.Next(3) == 0 ? random.Next(1, 11) : null,
                random.Next(2) == 0 ? random.Next(1, 11) : null,
                random.Next(2) == 0 ? random.Next(0, 4000) : null,
                now.AddSeconds(-random.Next(1, 29 * 86_400))));
        }

        var reply = await person.Post("/interactions/track/batch", new
        {
            interactions = sent.Select(one => new
            {
                userId = person.Id,
                contentId = one.Content,
                interactionType = one.Type,
                interactionValue = one.Value,
                moodIntensityAtInteraction = one.Intensity,
                interactionDurationSeconds = one.Seconds,
                occurredAt = one.At,
            }),
        });
        Assert.Equal(sent.Count, reply.Is(200)["accepted"].GetInt32());
        return sent;
    }
}
