using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Hearth.Features.Operations.Import;
using Hearth.Ledger;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Operations.Import;

public sealed class StackExchangeImportTests(HearthApp app) : IClassFixture<HearthApp>, IDisposable
{
    private const string Site = "coffee.meta.stackexchange.com";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hearth-import-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_real_community_comes_whole_and_twice_is_as_once()
    {
        var slice = Slice(SharedData.Folder("stackexchange-small"));
        var dry = await ImportRuns.StackExchange(app, folder.FullName, dryRun: true);
        Assert.Equal(0L, await Count("users", "true"));

        var first = await ImportRuns.StackExchange(app, folder.FullName);
        Assert.Equal((first.New("users"), first.New("posts"), first.New("comments"), first.New("replies")),
            (dry.New("users"), dry.New("posts"), dry.New("comments"), dry.New("replies")));

        // Counted from the files, by other means than the import's.
        Assert.Equal(slice.Questions, await Count("posts", "true"));
        Assert.Equal(slice.Answers + slice.CommentsOnQuestions, await Count("comments", "parent_id is null"));
        Assert.Equal(slice.CommentsOnAnswers, await Count("comments", "parent_id is not null"));
        Assert.Equal(slice.Up, await Sum("posts", "like_base") + await Sum("comments", "like_base"));
        Assert.Equal(slice.Favourites, await Sum("posts", "love_base"));
        Assert.Equal(slice.Views, await Sum("posts", "views"));
        Assert.Equal(slice.Down, first.SkippedFor("votes", "down has no like here"));
        Assert.Equal(slice.Accepted, first.SkippedFor("votes", "accept has no like here"));
        Assert.Equal(0L, await Count("users", "is_active or password_hash is not null"));
        Assert.Equal(slice.First, await app.Db.Scalar<DateTime>("select min(created_at) from posts where imported_from is not null"));

        // The ledger tells the same, at the same times, and nobody has given a like.
        Assert.Equal(slice.Questions, await Rows(Verb.CreatePost));
        Assert.Equal(slice.Answers + slice.CommentsOnQuestions, await Rows(Verb.CommentPost));
        Assert.Equal(slice.CommentsOnAnswers, await Rows(Verb.ReplyComment));
        Assert.Equal(slice.Up + slice.Favourites, await app.Db.Scalar<long>("select sum(value) from ledger where verb = $1", (short)Verb.ImportReactions));
        Assert.Equal(slice.Views, await app.Db.Scalar<long>("select sum(value) from ledger where verb = $1", (short)Verb.ImportViews));
        Assert.Equal(0L, await Rows(Verb.LikePost) + await Rows(Verb.LikeComment));
        Assert.Equal(0L, await app.Db.Scalar<long>(
            "select count(*) from ledger l join posts p on l.object_kind = 2 and p.id = l.object_id where l.verb = 20 and l.at <> p.created_at"));
        Assert.Equal(0L, await app.Db.Scalar<long>("select count(*) from ledger where detail->'import' is null and verb <> $1", (short)Verb.Register));

        // Names that the dump replaced are people again, and known as named.
        Assert.Equal(first.New("mentions"), await Rows(Verb.MentionUser));
        Assert.Equal(0L, await app.Db.Scalar<long>(
            "select count(*) from mentions m join users u on u.id = m.user_id where position('@' || u.username_key in lower(m.context)) = 0"));

        await ImportRuns.CountersHold(app);
        var rows = await app.Db.Scalar<long>("select count(*) from ledger");
        var second = await ImportRuns.StackExchange(app, folder.FullName);
        Assert.Equal((0, 0, 0, 0, 0), (second.New("users"), second.New("posts"), second.New("comments"), second.New("replies"), second.New("mentions")));
        Assert.Equal(first.New("posts"), second.There("posts"));
        Assert.Equal(rows, await app.Db.Scalar<long>("select count(*) from ledger"));

        // What is removed here stays away.
        await app.Db.Execute("with gone as (delete from comments where post_id = (select min(id) from posts) returning id) delete from posts where id = (select min(id) from posts)");
        var third = await ImportRuns.StackExchange(app, folder.FullName);
        Assert.Equal(0, third.New("posts") + third.New("comments") + third.New("replies"));
        Assert.Equal(1, third.SkippedFor("posts", "it was removed here since it came"));
    }

    private Task<long> Count(string table, string where) =>
        app.Db.Scalar<long>($"select count(*) from {table} where imported_from like '%{Site}%' and ({where})");

    private Task<long> Sum(string table, string column) =>
        app.Db.Scalar<long>($"select coalesce(sum({column}), 0)::bigint from {table} where imported_from like '%{Site}%'");

    private Task<long> Rows(Verb verb) => app.Db.Scalar<long>("select count(*) from ledger where verb = $1 and at < '2021-01-01' and at > '2015-01-15'", (short)verb);

    /// <summary>Writes one site's lines into the folder, packed as the set is, and counts them.</summary>
    private SliceCounts Slice(string data)
    {
        var counts = new SliceCounts();
        var questions = new HashSet<long>();
        Copy(data, "posts.jsonl", line =>
        {
            using var row = JsonDocument.Parse(line);
            if (row.RootElement.GetProperty("type").GetString() != "question")
            {
                counts.Answers++;
                return;
            }

            questions.Add(row.RootElement.GetProperty("id").GetInt64());
            counts.Views += row.RootElement.GetProperty("views").GetInt64();
            var at = row.RootElement.GetProperty("created_at").GetDateTime();
            counts.First = counts.Questions++ == 0 || at < counts.First ? at : counts.First;
        });
        Copy(data, "comments.jsonl", line =>
        {
            using var row = JsonDocument.Parse(line);
            if (questions.Contains(row.RootElement.GetProperty("post_id").GetInt64()))
                counts.CommentsOnQuestions++;
            else
                counts.CommentsOnAnswers++;
        });
        Copy(data, "users.csv", _ => { });
        Copy(data, "votes.csv", line => counts.Vote(line.Split(',')[2]));
        return counts;
    }

    private void Copy(string data, string name, Action<string> see)
    {
        using var from = ImportFiles.Open(ImportFiles.Find(data, name)!);
        using var to = new StreamWriter(new GZipStream(File.Create(Path.Combine(folder.FullName, name + ".gz")), CompressionLevel.Fastest));
        while (from.ReadLine() is { } line)
        {
            if (line.Contains($"\"{Site}\"", StringComparison.Ordinal) || line.StartsWith(Site, StringComparison.Ordinal))
            {
                see(line);
                to.Write(string.Create(CultureInfo.InvariantCulture, $"{line}\n"));
            }
            else if (line.StartsWith("site,", StringComparison.Ordinal))
            {
                to.Write(string.Create(CultureInfo.InvariantCulture, $"{line}\n"));
            }
        }
    }

    private sealed class SliceCounts
    {
        public long Questions { get; set; }

        public long Answers { get; set; }

        public long CommentsOnQuestions { get; set; }

        public long CommentsOnAnswers { get; set; }

        public long Views { get; set; }

        public DateTime First { get; set; }

        public long Up { get; private set; }

        public long Down { get; private set; }

        public long Favourites { get; private set; }

        public long Accepted { get; private set; }

        public void Vote(string kind)
        {
            Up += kind == "up" ? 1 : 0;
            Down += kind == "down" ? 1 : 0;
            Favourites += kind == "favorite" ? 1 : 0;
            Accepted += kind == "accept" ? 1 : 0;
        }
    }
}
