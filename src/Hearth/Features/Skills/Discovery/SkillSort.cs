using System.Globalization;
using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>An order of skills, the best first: what it goes by, then (where it says so) what else, then the id.</summary>
/// <param name="Name">As it is asked for.</param>
/// <param name="By">The number or time that decides, of the skill <c>s</c> or its heat <c>h</c>.</param>
/// <param name="Cast">The type of <paramref name="By"/>, so that an index serves.</param>
/// <param name="Then">What decides between equals; null for the id alone.</param>
internal sealed record SkillSort(string Name, string By, string Cast, string? Then = null)
{
    public static readonly SkillSort Newest = new("newest", "s.created_at", "timestamptz");
    public static readonly SkillSort Rating = new("rating", "s.rating", "real", "s.rating_count");
    public static readonly SkillSort Downloads = new("downloads", "s.downloads", "int");
    public static readonly SkillSort Trending = new("trending", "h.heat", "float8");

    /// <summary>Where the words are (a title counts more than tags, these more than texts), and a little how much a skill is used.</summary>
    public static readonly SkillSort Relevance = new("relevance", "(ts_rank(s.words, (select to_tsquery('english', $3))) * (1 + 0.1 * ln(1 + s.likes + s.downloads)))", "float8");

    public static readonly string[] Names = ["relevance", "trending", "newest", "rating", "downloads"];

    /// <summary>The key of relevance begins with where the words are.</summary>
    public int Parts => Then is null && this != Relevance ? 2 : 3;

    public bool NeedsHeat => By.StartsWith("h.", StringComparison.Ordinal);

    /// <summary>Whether an index of skills has this order.</summary>
    public bool IsIndexed => !NeedsHeat && this != Relevance;

    public string Id => NeedsHeat ? "h.skill_id" : "s.id";

    /// <summary>What decides, in a row.</summary>
    public string Row => $"{By}, {(Then is null ? "" : $"{Then}, ")}{Id}";

    public static SkillSort Named(string name) => new[] { Relevance, Trending, Newest, Rating, Downloads }.First(sort => sort.Name == name);

    /// <summary>What comes behind the cursor.</summary>
    /// <param name="parameters">Takes the cursor's.</param>
    /// <param name="page">Has the cursor, or none.</param>
    /// <param name="place">What decides: <see cref="Row"/>, or the columns that hold it.</param>
    public string After(List<NpgsqlParameter> parameters, KeysetQuery page, string place)
    {
        if (page.Cursor is not { } cursor)
            return "true";
        var first = this == Relevance ? 1 : 0;
        parameters.Add(First(cursor, first));
        var row = $"${parameters.Count}";
        if (Then is not null)
        {
            parameters.Add(Sql.Value(cursor.Long(1)));
            row += $", ${parameters.Count}";
        }

        parameters.Add(Sql.Value(cursor.Long(Parts - 1)));
        return $"({place}) {(page.Backwards ? ">" : "<")} ({row}, ${parameters.Count})";
    }

    public string Order(bool backwards)
    {
        var way = backwards ? "asc" : "desc";
        return Then is null ? $"{By} {way}, {Id} {way}" : $"{By} {way}, {Then} {way}, {Id} {way}";
    }

    public string[] Key(SearchHit hit)
    {
        var id = hit.Row.Id.ToString(CultureInfo.InvariantCulture);
        var then = hit.Then.ToString(CultureInfo.InvariantCulture);
        return this == Relevance ? [then, First(hit), id] : Then is null ? [First(hit), id] : [First(hit), then, id];
    }

    private string First(SearchHit hit) => Cast == "timestamptz"
        ? hit.Row.View.CreatedAt.Ticks.ToString(CultureInfo.InvariantCulture)
        : hit.By.ToString("R", CultureInfo.InvariantCulture);

    private NpgsqlParameter First(Cursor cursor, int part) => Cast switch
    {
        "timestamptz" => Sql.Time(cursor.Time(part)),
        "real" => Sql.Value((float)cursor.Number(part)),
        "int" => Sql.Value((int)Math.Clamp(cursor.Number(part), int.MinValue, int.MaxValue)),
        _ => Sql.Value(cursor.Number(part)),
    };
}

/// <summary>A skill of a list, with what its place is told by.</summary>
internal sealed record SearchHit(SkillRow Row, double By, long Then);

/// <summary>A skill that was found, by its id, with what its place is told by.</summary>
internal readonly record struct Place(long Id, double By, long Then);
