using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Hearth.Platform;

namespace Hearth.Features.Operations.Import;

/// <summary>
/// Reads a folder in the form of the Stack Exchange data set: <c>posts.jsonl</c>, <c>comments.jsonl</c>, <c>users.csv</c>, <c>votes.csv</c>,
/// plain or packed. Questions are posts; answers and comments on questions are comments; comments on answers are replies.
/// </summary>
internal sealed partial class StackExchangeSource(string folder, ImportReport report)
{
    public const string Prefix = "stackexchange:";

    private readonly Dictionary<(string Site, int Id), StackPost> posts = [];
    private readonly Dictionary<(string Site, int Id), StackComment> comments = [];
    private readonly Dictionary<(string Site, int Id), SortedDictionary<(DateOnly Day, int Kind), int>> votes = [];
    private readonly Dictionary<string, ImportedUser> users = new(StringComparer.Ordinal);

    /// <summary>Everything in the order of time: people first, and nothing before what it names.</summary>
    public async IAsyncEnumerable<ImportItem> Items([EnumeratorCancellation] CancellationToken ct)
    {
        await ReadPosts(ct);
        await ReadComments(ct);
        await ReadVotes(ct);
        await ReadUsers(ct);
        AddNobodies();
        foreach (var user in users.Values.OrderBy(user => user.At))
            yield return user;
        foreach (var text in Threads())
            yield return text;
    }

    private static string UserRef(string site, int? id) => $"{Prefix}{site}/users/{(id is { } known ? Text(known) : "deleted")}";

    private static string PostRef(string site, int id) => $"{Prefix}{site}/posts/{Text(id)}";

    private static string CommentRef(string site, int id) => $"{Prefix}{site}/comments/{Text(id)}";

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary><c>beer_7</c> for user 7 of beer.stackexchange.com: the dump names nobody.</summary>
    private static string Username(string site, string id) => $"{Slug(site)}_{id}";

    private static string Slug(string site) => site.Replace(".stackexchange.com", "", StringComparison.Ordinal).Replace('.', '_');

    private async Task ReadPosts(CancellationToken ct)
    {
        await foreach (var post in ImportFiles.Lines(Need("posts.jsonl"), StackExchangeJson.Default.StackPost, _ => Broken("posts"), ct))
        {
            if (post.Site is null)
                Broken("posts");
            else if (post.Type is not ("question" or "answer"))
                report.Skipped("posts", "neither a question nor an answer");
            else if (!posts.TryAdd((post.Site, post.Id), post))
                report.Skipped("posts", "named twice in the file");
            if (post.Tags is { Length: > 0 } tags)
                report.Skipped("tags", "posts here have none", tags.Length);
        }
    }

    private async Task ReadComments(CancellationToken ct)
    {
        await foreach (var comment in ImportFiles.Lines(Need("comments.jsonl"), StackExchangeJson.Default.StackComment, _ => Broken("comments"), ct))
        {
            if (comment.Site is null)
                Broken("comments");
            else if (!comments.TryAdd((comment.Site, comment.Id), comment))
                report.Skipped("comments", "named twice in the file");
            report.Skipped("votes on comments", "a bare number without a day", Math.Max(0, comment.Score ?? 0));
        }
    }

    private async Task ReadVotes(CancellationToken ct)
    {
        if (ImportFiles.Find(folder, "votes.csv") is not { } path)
            return;
        await foreach (var row in PlainCsv.Rows(path, ["site", "post_id", "vote", "date"], () => Broken("votes"), ct))
        {
            var kind = row[2] switch { "up" => 1, "favorite" => 2, _ => 0 };
            if (!int.TryParse(row[1], CultureInfo.InvariantCulture, out var post) || !DateOnly.TryParseExact(row[3], "yyyy-MM-dd", out var day))
                Broken("votes");
            else if (kind == 0)
                report.Skipped("votes", $"{row[2]} has no like here");
            else if (!posts.ContainsKey((row[0], post)))
                report.Skipped("votes", "their post is not there");
            else
                Count(votes, (row[0], post), (day, kind));
        }
    }

    private async Task ReadUsers(CancellationToken ct)
    {
        await foreach (var row in PlainCsv.Rows(Need("users.csv"), ["site", "user_id", "created_at"], () => Broken("users"), ct))
        {
            if (int.TryParse(row[1], CultureInfo.InvariantCulture, out var id)
                && DateTimeOffset.TryParse(row[2], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                AddUser(row[0], id, at.UtcDateTime);
            else
                Broken("users");
        }
    }

    /// <summary>Accounts that wrote something and are in no list: each its own, and one per site for those that were deleted.</summary>
    private void AddNobodies()
    {
        var authors = posts.Values.Select(post => (post.Site, post.AuthorId, post.CreatedAt))
            .Concat(comments.Values.Select(comment => (comment.Site, comment.AuthorId, comment.CreatedAt)));
        foreach (var (site, author, at) in authors)
        {
            if (author is null)
                report.Changed("texts of deleted accounts: by one account per site");
            var name = UserRef(site, author);
            if (!users.TryGetValue(name, out var user))
                AddUser(site, author, at.UtcDateTime);
            else if (author is null && at.UtcDateTime < user.At)
                users[name] = user with { At = at.UtcDateTime };
        }
    }

    private void AddUser(string site, int? id, DateTime at)
    {
        var user = id is { } known
            ? new ImportedUser(UserRef(site, id), at, Username(site, Text(known)), $"User {Text(known)} of {site}")
            : new ImportedUser(UserRef(site, id), at, Username(site, "deleted"), $"Deleted accounts of {site}");
        if (!users.TryAdd(user.Ref, user))
            report.Skipped("users", "named twice in the file");
    }

    /// <summary>Texts by time; one whose parent is younger by a wrong clock comes right after it.</summary>
    private IEnumerable<ImportItem> Threads()
    {
        var when = new Dictionary<string, DateTime>(StringComparer.Ordinal);
        var items = new List<(DateTime Order, int Depth, int Id, ImportItem Item)>();
        foreach (var post in posts.Values.OrderBy(post => post.IsQuestion ? 0 : 1))
        {
            if (post.IsQuestion)
                Place(Question(post), null, 0, post.Id);
            else if (Find(post.Site, post.ParentId) is { IsQuestion: true } question)
                Place(Answer(post), PostRef(question.Site, question.Id), 1, post.Id);
            else
                report.Skipped("comments", "answers whose question is not there");
        }

        foreach (var comment in comments.Values.OrderBy(comment => comment.CreatedAt).ThenBy(comment => comment.Id))
        {
            if (Find(comment.Site, comment.PostId) is not { } on || !when.ContainsKey(PostRef(on.Site, on.Id)))
                report.Skipped("comments", "what they comment on is not there");
            else
                Place(Comment(comment, on), Under(comment, on), 2, comment.Id);
        }

        return items.OrderBy(item => item.Order).ThenBy(item => item.Depth).ThenBy(item => item.Id).Select(item => item.Item);

        void Place(ImportItem item, string? parent, int depth, int id)
        {
            var at = parent is not null && when[parent] > item.At ? when[parent] : item.At;
            when[item.Ref] = at;
            items.Add((at, depth, id, item));
        }
    }

    private StackPost? Find(string site, int? id) => id is { } known ? posts.GetValueOrDefault((site, known)) : null;

    private ImportedPost Question(StackPost post) => new(PostRef(post.Site, post.Id), post.CreatedAt.UtcDateTime, UserRef(post.Site, post.AuthorId), Body(post))
    {
        Title = post.Title,
        Views = Math.Max(0, post.Views ?? 0),
        EditedAt = post.LastEditedAt?.UtcDateTime,
        Reactions = Reactions(post),
    };

    private ImportedComment Answer(StackPost post) => new(
        PostRef(post.Site, post.Id), post.CreatedAt.UtcDateTime, UserRef(post.Site, post.AuthorId), PostRef(post.Site, post.ParentId!.Value), Parent: null, Body(post))
    {
        EditedAt = post.LastEditedAt?.UtcDateTime,
        Reactions = Reactions(post),
    };

    private ImportedComment Comment(StackComment comment, StackPost on)
    {
        var question = on.IsQuestion ? on.Id : on.ParentId!.Value;
        return new ImportedComment(
            CommentRef(comment.Site, comment.Id),
            comment.CreatedAt.UtcDateTime,
            UserRef(comment.Site, comment.AuthorId),
            PostRef(on.Site, question),
            on.IsQuestion ? null : Under(comment, on),
            Named(comment.Site, comment.Text ?? ""));
    }

    /// <summary>What a comment stands under: the comment that it answers, where the dump tells and it is on the same text, else the text.</summary>
    private string Under(StackComment comment, StackPost on) =>
        comment.ReplyToCommentId is { } id && comments.TryGetValue((comment.Site, id), out var parent) && parent.PostId == on.Id && IsEarlier(parent, comment)
            ? CommentRef(comment.Site, id)
            : PostRef(on.Site, on.Id);

    private static bool IsEarlier(StackComment one, StackComment other) => (one.CreatedAt, one.Id).CompareTo((other.CreatedAt, other.Id)) < 0;

    private List<ReactionTotal> Reactions(StackPost post) =>
        votes.TryGetValue((post.Site, post.Id), out var days) ? [.. days.Select(day => new ReactionTotal(day.Key.Kind, day.Key.Day, day.Value))] : [];

    private string Body(StackPost post)
    {
        if (post.BodyText is { } text && !string.IsNullOrWhiteSpace(text))
            return Named(post.Site, text);
        report.Changed("texts that are only a picture: its address stands for it");
        return string.Join('\n', Addresses().Matches(post.BodyHtml ?? "").Select(match => WebUtility.HtmlDecode(match.Groups["address"].Value)).Distinct(StringComparer.Ordinal));
    }

    /// <summary>The dump wrote <c>@user7</c> where it took a name away: that person is <c>@beer_7</c> here.</summary>
    private string Named(string site, string text) => text.Contains("@user", StringComparison.Ordinal)
        ? Users().Replace(text, match => users.ContainsKey($"{Prefix}{site}/users/{match.Groups["id"].Value}") ? $"@{Username(site, match.Groups["id"].Value)}" : match.Value)
        : text;

    private string Need(string name) => ImportFiles.Find(folder, name) ?? throw new StartFailure($"There is no {name} (or {name}.gz) in {folder}.");

    private void Broken(string what) => report.Skipped(what, "a line that is not of the documented form");

    private static void Count(
        Dictionary<(string, int), SortedDictionary<(DateOnly, int), int>> counts, (string, int) post, (DateOnly, int) day)
    {
        if (!counts.TryGetValue(post, out var days))
            counts[post] = days = [];
        days[day] = days.GetValueOrDefault(day) + 1;
    }

    [GeneratedRegex("@user(?<id>[0-9]{1,9})(?![0-9])", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Users();

    [GeneratedRegex("(?:href|src)=\"(?<address>[^\"]+)\"", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Addresses();
}
