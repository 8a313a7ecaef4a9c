using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Community;

public sealed class MentionTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Theory]
    [InlineData("hello @amina", "amina")]
    [InlineData("@amina, @brian.o and @j-smith_2.", "amina brian.o j-smith_2")]
    [InlineData("habari @Zuberi! @zuberi", "Zuberi")]
    [InlineData("(@amina) [@brian] \"@chao\"", "amina brian chao")]
    [InlineData("hujambo @Åsa and @李雷 and @नेहा", "Åsa 李雷 नेहा")]
    [InlineData("write to amina@example.org or x+y@z or https://social.example/@amina", "")]
    [InlineData("@amina@social.example", "")]
    [InlineData("_@amina_ __@brian__ _@chao_x_ and .@dafina", "amina brian chao_x dafina")]
    [InlineData("They rise.@amina knows, 1.@brian too, -@chao last", "amina brian chao")]
    [InlineData("write to first_@z.org, first-@z.org, a.b_@z.org", "")]
    [InlineData("https://x.example/@amina and https://x.example/?u=@brian&v=1", "")]
    [InlineData("@ nobody, @@twice, @.dot, @-dash", "")]
    [InlineData("in `code @amina` and ``more ` @brian`` but @chao", "chao")]
    [InlineData("an open ` tick @amina", "amina")]
    [InlineData("```\n@amina\n```\n@brian", "brian")]
    [InlineData("~~~ text\n@amina\n``` \n@chao\n~~~\n@brian", "brian")]
    [InlineData("````\n```\n@amina\n````\n@brian `", "brian")]
    [InlineData("```\nnever closed @amina", "")]
    public void Names_are_found_where_they_are_names(string text, string names) =>
        Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries), MentionFinder.Find(text).Select(found => found.Name));

    [Fact]
    public void A_name_comes_with_the_words_around_it()
    {
        var text = string.Join(' ', Enumerable.Repeat("word", 40)) + " @amina what do you think? " + string.Join(' ', Enumerable.Repeat("more", 40));
        var context = Assert.Single(MentionFinder.Find(text)).Context;
        Assert.Contains("@amina what do you think?", context, StringComparison.Ordinal);
        Assert.True(context.Length < 140);
        Assert.All(context.Split(' '), word => Assert.Contains(word, text.Split(' ')));
    }

    [Fact]
    public void A_text_of_nothing_but_marks_is_read_once()
    {
        // Quadratic work would take minutes here.
        var marks = string.Concat(Enumerable.Range(0, 200_000).Select(i => new string('`', 1 + (i % 7)) + "@ "));
        Assert.Empty(MentionFinder.Find(marks));
    }

    [Fact]
    public async Task A_name_of_any_script_is_found_whichever_way_it_is_typed()
    {
        var amina = await app.SignUp("amina");
        var name = $"Jos\u00e9.{Guid.NewGuid().ToString("n")[..8]}";
        var jose = (await app.Anyone.Post(
            "/api/auth/register/", new { username = name, email = $"{Guid.NewGuid():n}@example.org", password = "a password of one's own" })).Is(201)["user.user_id"].GetInt64();
        var text = $"what does @{name.ToUpperInvariant().Normalize(System.Text.NormalizationForm.FormD)}. say?";
        var post = (await amina.Post("/api/ventroom/posts/", new { title = "?", content = text })).Is(201)["id"].GetInt64();
        Assert.Equal([$"7|{jose}"], await Rows(2, post));
    }

    [Fact]
    public async Task Writing_and_editing_a_text_says_who_is_named_and_who_no_more()
    {
        var amina = await app.SignUp("amina");
        var brian = await app.SignUp("brian");
        var chao = await app.SignUp("chao");
        var post = (await amina.Post("/api/ventroom/posts/", new { title = $"for @{brian.Name}", content = $"and @{chao.Name.ToUpperInvariant()}, not @nobody-here" })).Is(201)["id"].GetInt64();
        Assert.Equal([$"7|{brian.Id}", $"7|{chao.Id}"], await Rows(2, post));
        (await amina.Patch($"/api/ventroom/posts/{post}/", new { content = $"only @{brian.Name}" })).Is(200);
        Assert.Equal([$"7|{brian.Id}", $"7|{chao.Id}", $"26|{chao.Id}"], await Rows(2, post));
        Assert.Equal([$"2|{post}|{amina.Id}|{brian.Id}"], await app.Db.Rows("select object_kind, post_id, author, user_id from mentions where object_kind = 2 and object_id = $1", post));

        var comment = (await brian.Post($"/api/ventroom/posts/{post}/comments/", new { text = $"@{chao.Name} what do you think?" })).Is(201)["id"].GetInt64();
        Assert.Equal([$"7|{chao.Id}"], await Rows(3, comment));
        Assert.Equal(
            [$"{post}|{brian.Id}|@{chao.Name} what do you think?"],
            await app.Db.Rows("select post_id, author, context from mentions where object_kind = 3 and object_id = $1", comment));
        (await amina.Delete($"/api/ventroom/posts/{post}/")).Is(204);
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from mentions where post_id = $1", post));
        Assert.Equal([$"7|{chao.Id}"], await Rows(3, comment));
    }

    private Task<IReadOnlyList<string>> Rows(int kind, long id) =>
        app.Db.Rows("select verb, subject from ledger where verb in (7, 26) and object_kind = $1 and object_id = $2 order by id", kind, id);
}
