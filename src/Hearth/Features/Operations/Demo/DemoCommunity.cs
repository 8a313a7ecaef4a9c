using System.Globalization;
using Hearth.Features.Operations.Import;

namespace Hearth.Features.Operations.Demo;

/// <summary>
/// A month of a lively neighbourhood, up to now: people, groups, courses, threads, and who looked at what and liked it. The same
/// each time but for the moment that it ends at.
/// </summary>
internal sealed class DemoCommunity(DateTime now, string publicUrl, string passwordHash, Func<string, Func<byte[]>, string> keep)
{
    public const string Prefix = "demo:";

    private static readonly (string Key, bool IsCourse, string Owner, string Name, string Description)[] Circles =
    [
        ("bread", false, "neema", "Bread & butter", "What rose, what did not, and why."),
        ("runners", false, "arjun", "Tuesday runners", "Five kilometres at six, and we wait for the last."),
        ("repair", false, "sam", "Repair café", "Lamps, zips, radios. Saturdays from ten. No printers."),
        ("garden", false, "yuki", "Balcony gardeners", "Pots, seeds, frost, hope."),
        ("sourdough", true, "lena", "Sourdough in seven days", "A jar, flour, water, and you."),
        ("photo", true, "priya", "Photography with a phone", "Four weeks of looking."),
    ];

    private readonly Random random = new(20);
    private readonly List<(DateTime At, ImportItem Item)> items = [];
    private readonly IReadOnlyList<DemoThread> threads = DemoThreads.Read();

    /// <summary>Everything, in the order of time.</summary>
    public IEnumerable<ImportItem> Items()
    {
        foreach (var person in DemoPeople.All)
            Add(Person(person));
        foreach (var circle in Circles)
            AddCircle(circle);
        AddFollows();
        for (var i = 0; i < threads.Count; i++)
            AddThread(threads[i], i + 1);
        return items.OrderBy(item => item.At).Select(item => item.Item);
    }

    /// <summary>What the import calls a person of the demonstration.</summary>
    public static string User(string name) => $"{Prefix}users/{name}";

    private void Add(ImportItem item) => items.Add((item.At, item));

    private DateTime Ago(double days) => now - TimeSpan.FromDays(days);

    private bool Chance(double of) => random.NextDouble() < of;

    /// <summary>Some time afterwards, mostly soon; never in the future.</summary>
    private DateTime After(DateTime at, double hours)
    {
        var later = at + TimeSpan.FromHours(-Math.Log(1 - random.NextDouble()) * hours) + TimeSpan.FromSeconds(20);
        // What would come after now crowds into what is left of the time, in the order it came.
        return later < now ? later : at + ((now - at) * (0.5 + (0.49 * random.NextDouble())));
    }

    private ImportedUser Person(DemoPerson person) => new(User(person.Username), Ago(30.5 - (person.Number * 0.02)), person.Username, person.Name)
    {
        PasswordHash = passwordHash,
        Bio = person.Bio,
        Roles = person.Roles,
        Photo = string.Create(CultureInfo.InvariantCulture, $"{publicUrl}{DemoFaces.Path}/{person.Number}.png"),
        IsActive = true,
    };

    private void AddCircle((string Key, bool IsCourse, string Owner, string Name, string Description) circle)
    {
        var name = $"{Prefix}{(circle.IsCourse ? "courses" : "groups")}/{circle.Key}";
        var at = Ago(29.9);
        Add(new ImportedGroup(name, at, circle.IsCourse, User(circle.Owner), circle.Name, circle.Description));
        var writers = threads.Where(thread => (circle.IsCourse ? thread.Course : thread.Group) == circle.Key)
            .SelectMany(thread => thread.Comments.Select(comment => comment.Author).Append(thread.Author)).ToHashSet(StringComparer.Ordinal);
        foreach (var person in DemoPeople.All)
        {
            if (person.Username != circle.Owner && (writers.Contains(person.Username) || Chance(0.15)))
                Add(new ImportedMember(name, User(person.Username), After(at, 60)));
        }
    }

    private void AddFollows()
    {
        foreach (var person in DemoPeople.All)
        {
            foreach (var other in DemoPeople.All)
            {
                if (person != other && Chance(other.Number <= 5 ? 0.5 : 0.2))
                    Add(new ImportedFollow(User(person.Username), User(other.Username), After(Ago(29.8), 150)));
            }
        }
    }

    private void AddThread(DemoThread thread, int number)
    {
        var post = string.Create(CultureInfo.InvariantCulture, $"{Prefix}posts/{number}");
        var at = Ago(thread.DaysAgo);
        Add(new ImportedPost(post, at, User(thread.Author), thread.Content)
        {
            Title = thread.Title,
            Group = thread.Group is { } group ? $"{Prefix}groups/{group}" : null,
            Course = thread.Course is { } course ? $"{Prefix}courses/{course}" : null,
            Media = thread.Image is { } scene
                ? keep(string.Create(CultureInfo.InvariantCulture, $"{scene}-{number}.png"), () => DemoPictures.Scene(scene, number))
                : thread.Audio is { } tune ? keep(string.Create(CultureInfo.InvariantCulture, $"tune-{tune}.wav"), () => DemoSounds.Tune(tune)) : null,
            MediaType = thread.Image is not null ? "image" : thread.Audio is not null ? "audio" : null,
        });
        var comments = AddComments(thread, post, at);
        AddReaders(thread, post, at, comments);
    }

    private List<(string Ref, string Author, DateTime At)> AddComments(DemoThread thread, string post, DateTime at)
    {
        var comments = new List<(string Ref, string Author, DateTime At)>();
        var last = at;
        foreach (var comment in thread.Comments)
        {
            last = After(last, thread.DaysAgo > 2 ? 2.5 : 0.4);
            var name = string.Create(CultureInfo.InvariantCulture, $"{post}/{comments.Count + 1}");
            var parent = comment.Parent is { } place ? comments[place].Ref : null;
            Add(new ImportedComment(name, last, User(comment.Author), post, parent, comment.Text));
            comments.Add((name, comment.Author, last));
        }

        return comments;
    }

    private void AddReaders(DemoThread thread, string post, DateTime at, List<(string Ref, string Author, DateTime At)> comments)
    {
        var liked = 0.3 + (0.5 * random.NextDouble());
        foreach (var person in DemoPeople.All)
        {
            var wrote = comments.FindIndex(comment => comment.Author == person.Username);
            if (person.Username == thread.Author || (wrote < 0 && Chance(0.35)))
                continue;
            var saw = wrote >= 0 ? at + ((comments[wrote].At - at) * 0.9) : After(at, 20);
            Add(new ImportedMark(DeedKind.View, post, User(person.Username), saw));
            if (Chance(liked))
                Add(new ImportedReaction(post, OnComment: false, User(person.Username), Kind(), After(saw, 0.1)));
            if (Chance(0.06))
                Add(new ImportedMark(DeedKind.Bookmark, post, User(person.Username), After(saw, 0.2)));
            if (Chance(0.04))
                Add(new ImportedMark(DeedKind.Share, post, User(person.Username), After(saw, 0.3)));
            foreach (var (name, author, written) in comments)
            {
                if (author != person.Username && Chance(0.14))
                    Add(new ImportedReaction(name, OnComment: true, User(person.Username), Kind(), After(written > saw ? written : saw, 1)));
            }
        }
    }

    private int Kind() => random.Next(100) switch { < 55 => 1, < 80 => 2, < 97 => 3, _ => 4 };
}
