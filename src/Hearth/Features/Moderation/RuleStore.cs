using Dapper;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Moderation;

/// <summary>A rule as it is stored.</summary>
internal sealed record RuleRow
{
    public Guid Id { get; init; }

    public required string Name { get; init; }

    public required string[] Keywords { get; init; }

    public string? Pattern { get; init; }

    /// <summary>The harm that the text scorer is asked about; null where it is not.</summary>
    public string? Scorer { get; init; }

    public double? Threshold { get; init; }

    public required short[] ContentTypes { get; init; }

    public required string Action { get; init; }

    public short Severity { get; init; }

    public bool IsActive { get; init; } = true;

    public long Matches { get; init; }

    public DateTime CreatedAt { get; init; }

    public AutoRuleView View() => new(
        Id, Name, Keywords, Pattern, [.. ContentTypes.Select(kind => Vocabulary.Type((ObjectKind)kind))], Action, Severity, IsActive, Matches, CreatedAt, Scorer, Threshold);
}

internal static class RuleStore
{
    private const string Columns =
        """
        id as Id, name as Name, keywords as Keywords, pattern as Pattern, content_types as ContentTypes, action as Action, severity as Severity, scorer as Scorer, threshold as Threshold,
        is_active as IsActive, matches as Matches, created_at as CreatedAt
        """;

    private const string AddSql =
        $"""
        -- moderation_rules.add
        insert into moderation_rules (name, keywords, pattern, scorer, threshold, content_types, action, severity, made_by)
        values (@Name, @Keywords, @Pattern, @Scorer, @Threshold, @ContentTypes, @Action, @Severity, @by) returning {Columns}
        """;

    private const string ChangeSql =
        """
        -- moderation_rules.change
        update moderation_rules set name = @Name, keywords = @Keywords, pattern = @Pattern, content_types = @ContentTypes, action = @Action, severity = @Severity,
               scorer = @Scorer, threshold = @Threshold, is_active = @IsActive
         where id = @Id
        """;

    public static async Task<List<RuleRow>> All(NpgsqlConnection db) =>
        [.. await db.QueryAsync<RuleRow>($"-- moderation_rules.all\nselect {Columns} from moderation_rules order by created_at, id")];

    public static Task<RuleRow?> Lock(NpgsqlConnection db, Guid id) =>
        db.QuerySingleOrDefaultAsync<RuleRow>($"-- moderation_rules.lock\nselect {Columns} from moderation_rules where id = @id for update", new { id });

    public static Task<RuleRow> Add(NpgsqlConnection db, RuleRow rule, long by) =>
        db.QuerySingleAsync<RuleRow>(AddSql, new { rule.Name, rule.Keywords, rule.Pattern, rule.Scorer, rule.Threshold, rule.ContentTypes, rule.Action, rule.Severity, by });

    public static Task Change(NpgsqlConnection db, RuleRow rule) => db.ExecuteAsync(ChangeSql, rule);

    public static async Task<bool> Remove(NpgsqlConnection db, Guid id) =>
        await db.ExecuteAsync("-- moderation_rules.remove\ndelete from moderation_rules where id = @id", new { id }) == 1;

    public static Task Matched(NpgsqlConnection db, Guid id) =>
        db.ExecuteAsync("-- moderation_rules.matched\nupdate moderation_rules set matches = matches + 1 where id = @id", new { id });
}
