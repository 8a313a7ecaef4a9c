using Hearth.Platform;

namespace Hearth.Features.Skills;

/// <summary>The words of a skill as they are stored: checked, trimmed, complete.</summary>
internal sealed record SkillDraft(
    string Title,
    string Description,
    string Category,
    int Difficulty,
    IReadOnlyList<string> Tags,
    IReadOnlyList<SkillDay> Days,
    int Visibility)
{
    public static readonly string[] Difficulties = ["beginner", "intermediate", "advanced"];

    public static readonly string[] Visibilities = ["public", "followers", "private"];

    private static readonly SkillDraft Empty = new("", "", "general", 1, [], [], 1);

    public string CategoryKey => Key(Category);

    /// <summary>Every text that a search may find, the least important: what there is to do.</summary>
    public string DayText => string.Join('\n', Days.SelectMany(day => day.Tasks.Prepend(day.Title)));

    /// <summary>All that people read of it: what moderation looks at.</summary>
    public string Text => string.Join('\n', [Title, Description, Category, .. Tags, DayText]);

    /// <summary>As categories and tags are compared.</summary>
    public static string Key(string text) => text.Trim().ToLowerInvariant();

    /// <summary>A new skill; fails with the field that is wrong.</summary>
    public static SkillDraft New(SkillRequest request) =>
        Empty.With(request with { Title = request.Title ?? throw Failure.Invalid("title", "This field is required.") });

    /// <summary>This skill with what the request says; fails with the field that is wrong.</summary>
    public SkillDraft With(SkillRequest request) => this with
    {
        Title = request.Title is { } title ? Texts.Required("title", title, 150) : Title,
        Description = request.Description is { } description ? Texts.Limited("description", description, 10_000) : Description,
        Category = request.Category is { } category ? Texts.Required("category", category, 50) : Category,
        Difficulty = request.Difficulty is { } difficulty ? Choice("difficulty", difficulty, Difficulties) : Difficulty,
        Tags = request.Tags is { } tags ? CheckedTags(tags) : Tags,
        Days = request.Days is { } days ? CheckedDays(days) : Days,
        Visibility = request.Visibility is { } visibility ? Choice("visibility", visibility, Visibilities) : Visibility,
    };

    /// <returns>The number that is stored for one of the choices, from 1.</returns>
    public static int Choice(string field, string text, string[] choices)
    {
        var at = Array.IndexOf(choices, text);
        return at >= 0 ? at + 1 : throw Failure.Invalid(field, $"\"{text}\" is not a valid choice.");
    }

    private static List<string> CheckedTags(IReadOnlyList<string> tags)
    {
        if (tags.Count > 20)
            throw Failure.Invalid("tags", "Ensure this field has no more than 20 elements.");
        return [.. tags.Select(tag => Texts.Required("tags", tag, 40)).DistinctBy(Key, StringComparer.Ordinal)];
    }

    private static List<SkillDay> CheckedDays(IReadOnlyList<SkillDay> days)
    {
        if (days.Count > 366)
            throw Failure.Invalid("days", "Ensure this field has no more than 366 elements.");
        var numbers = new HashSet<int>();
        var result = new List<SkillDay>(days.Count);
        foreach (var day in days)
        {
            if (day is null)
                throw Failure.Invalid("days", "A day is an object with day, title and tasks.");
            if (day.Day is < 1 or > Texts.LastDay)
                throw Failure.Invalid("days", $"A day's number is from 1 to {Texts.LastDay}.");
            if (!numbers.Add(day.Day))
                throw Failure.Invalid("days", $"Day {day.Day} is there twice.");
            if (day.Tasks.Count > 50)
                throw Failure.Invalid("days", "A day has at most 50 tasks.");
            result.Add(new SkillDay(
                day.Day, Texts.Limited("days", day.Title, 150), [.. day.Tasks.Select(task => Texts.Required("days", task, 500))]));
        }

        return [.. result.OrderBy(day => day.Day)];
    }
}

/// <summary>How long texts may be.</summary>
internal static class Texts
{
    public const int LastDay = 3650;

    /// <returns>The text without blanks around it; fails where nothing is left or it is too long.</returns>
    public static string Required(string field, string? text, int most)
    {
        if (text is null)
            throw Failure.Invalid(field, "This field may not be null.");
        if (string.IsNullOrWhiteSpace(text))
            throw Failure.Invalid(field, "This field may not be blank.");
        return Limited(field, text.Trim(), most);
    }

    /// <returns>The text; fails where it has more characters: an emoji is one.</returns>
    public static string Limited(string field, string? text, int most)
    {
        if (text is null)
            throw Failure.Invalid(field, "This field may not be null.");
        return text.Length <= most || text.EnumerateRunes().Count() <= most
            ? text
            : throw Failure.Invalid(field, $"Ensure this field has no more than {most} characters.");
    }
}
