using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hearth.Platform;

namespace Hearth.Features.Operations.Import;

/// <summary>
/// Reads another deployment's people, groups, courses, posts, comments, reactions and views: JSON lines, each naming only what
/// came before it. A line that cannot be is left out, and the report says why.
/// </summary>
internal sealed partial class JsonlSource(string path, string from, ImportReport report)
{
    public static string Prefix(string from) =>
        Names().IsMatch(from) ? $"{from}:" : throw new StartFailure($"--from must be letters, digits, dots and hyphens, and is \"{from}\".");

    public async IAsyncEnumerable<ImportItem> Items([EnumeratorCancellation] CancellationToken ct)
    {
        if (!File.Exists(path))
            throw new StartFailure($"There is no file {path}.");
        await foreach (var row in ImportFiles.Lines(path, JsonlJson.Default.JsonlRow, _ => report.Skipped("lines", "no JSON of the documented form"), ct))
        {
            if (Item(row) is { } item)
                yield return item;
        }
    }

    private ImportItem? Item(JsonlRow row)
    {
        try
        {
            return row.Type switch
            {
                "user" => User(row),
                "group" => Group(row, isCourse: false),
                "course" => Group(row, isCourse: true),
                "member" => Member(row),
                "post" => Post(row),
                "comment" => Comment(row),
                "reaction" => Reaction(row),
                "view" => Mark(row, DeedKind.View),
                "bookmark" => Mark(row, DeedKind.Bookmark),
                "share" => Mark(row, DeedKind.Share),
                "follow" => new ImportedFollow(Ref("users", row.User, "user"), Ref("users", row.Followed, "followed"), At(row)),
                _ => throw new FormatException("type is none of the documented ones"),
            };
        }
        catch (FormatException problem)
        {
            report.Skipped(row.Type is { Length: > 0 and < 20 } type ? $"{type} lines" : "lines", problem.Message);
            return null;
        }
    }

    private ImportedUser User(JsonlRow row)
    {
        var username = Usernames.Normal(Need(row.Username, "username"));
        if (username.Length > 40 || !Usernames.IsWellFormed(username))
            throw new FormatException("username has other characters than letters of one script, digits and . - _, or more than 40");
        return new ImportedUser(Ref("users", row.Id, "id"), At(row), username, Short(row.DisplayName) ?? username)
        {
            Email = row.Email is { Length: > 2 and <= 254 } email && email.Contains('@', StringComparison.Ordinal) ? email.Trim() : null,
            EmailVerified = row.EmailVerified ?? false,
            PasswordHash = row.PasswordHash is { Length: > 0 and <= 500 } hash ? hash : null,
            Bio = Clean(row.Bio ?? ""),
            Photo = row.ProfilePhoto is { Length: > 0 and <= 500 } photo && photo.StartsWith("https://", StringComparison.Ordinal) ? photo : null,
            Roles = Roles(row.Roles ?? []),
            IsActive = row.IsActive ?? true,
        };
    }

    private ImportedGroup Group(JsonlRow row, bool isCourse) => new(
        Ref(isCourse ? "courses" : "groups", row.Id, "id"), At(row), isCourse, Ref("users", row.Owner, "owner"),
        Short(row.Name) ?? throw new FormatException("name is missing"), Clean(row.Description ?? ""));

    private ImportedMember Member(JsonlRow row) => new(
        OneOf(row.Group, "groups", row.Course, "courses", "group or course").Ref, Ref("users", row.User, "user"), At(row));

    private ImportedMark Mark(JsonlRow row, DeedKind kind) => new(kind, Ref("posts", row.Post, "post"), Ref("users", row.User, "user"), At(row));

    private ImportedPost Post(JsonlRow row)
    {
        var at = At(row);
        return new ImportedPost(Ref("posts", row.Id, "id"), at, Ref("users", row.Author, "author"), Clean(Need(row.Content, "content")))
        {
            Title = row.Title is { } title ? Clean(title) : null,
            Group = IsNull(row.Group) ? null : Ref("groups", row.Group, "group"),
            Course = IsNull(row.Course) ? null : Ref("courses", row.Course, "course"),
            Views = Math.Max(0, row.Views ?? 0),
            EditedAt = row.UpdatedAt?.UtcDateTime,
            Reactions = Totals(row, at),
        };
    }

    private ImportedComment Comment(JsonlRow row)
    {
        var at = At(row);
        return new ImportedComment(
            Ref("comments", row.Id, "id"), at, Ref("users", row.Author, "author"), Ref("posts", row.Post, "post"),
            IsNull(row.Parent) ? null : Ref("comments", row.Parent, "parent"), Clean(Need(row.Text, "text")))
        {
            EditedAt = row.UpdatedAt?.UtcDateTime,
            Reactions = Totals(row, at),
        };
    }

    private ImportedReaction Reaction(JsonlRow row)
    {
        var (on, isComment) = OneOf(row.Post, "posts", row.Comment, "comments", "post or comment");
        var kind = row.ReactionType switch
        {
            "like" or "👍" => 1,
            "love" or "❤️" => 2,
            "haha" or "😂" => 3,
            "sad" or "😢" => 4,
            _ => throw new FormatException("reaction_type is none of like, love, haha, sad"),
        };
        return new ImportedReaction(on, isComment, Ref("users", row.User, "user"), kind, At(row));
    }

    /// <summary>Totals that name nobody; they count from the day of what they are about.</summary>
    private static List<ReactionTotal> Totals(JsonlRow row, DateTime at)
    {
        var totals = new List<ReactionTotal>(2);
        if (row.Likes is > 0 and var likes)
            totals.Add(new ReactionTotal(1, DateOnly.FromDateTime(at), likes));
        if (row.Loves is > 0 and var loves)
            totals.Add(new ReactionTotal(2, DateOnly.FromDateTime(at), loves));
        return totals;
    }

    private static Roles Roles(string[] names)
    {
        var roles = Platform.Roles.Individual;
        foreach (var name in names)
            roles |= Enum.TryParse<Roles>(name, ignoreCase: true, out var role) && !char.IsDigit(name[0]) ? role : throw new FormatException("roles has one that is not known");
        return roles;
    }

    private (string Ref, bool IsSecond) OneOf(JsonElement first, string firstKind, JsonElement second, string secondKind, string names) =>
        IsNull(second) ? (Ref(firstKind, first, names), false) : (Ref(secondKind, second, names), true);

    private string Ref(string kind, JsonElement id, string field) => id.ValueKind switch
    {
        JsonValueKind.Number => $"{from}:{kind}/{id.GetRawText()}",
        JsonValueKind.String when id.GetString() is { Length: > 0 and <= 100 } text => $"{from}:{kind}/{Clean(text)}",
        _ => throw new FormatException($"{field} is missing, or no number and no short text"),
    };

    private static bool IsNull(JsonElement element) => element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    private static DateTime At(JsonlRow row) => row.CreatedAt?.UtcDateTime ?? throw new FormatException("created_at is missing");

    private static string Need(string? text, string field) => string.IsNullOrWhiteSpace(text) ? throw new FormatException($"{field} is missing") : text;

    private static string? Short(string? name) => string.IsNullOrWhiteSpace(name) ? null : Clean(name.Trim().Length > 100 ? name.Trim()[..100] : name.Trim());

    /// <summary>The one character that the database cannot hold.</summary>
    private static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^[A-Za-z0-9.-]{1,40}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Names();
}
