using System.Text.Json;
using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Skills;

/// <summary>The statements that write what a skill says, and that remove one.</summary>
internal static class SkillWriteStore
{
    // The words of all languages go through one stemmer: it does the same to a text as to what is asked.
    private const string Words =
        """
        setweight(to_tsvector('english', $2), 'A') || setweight(to_tsvector('english', $4 || ' ' || array_to_string($7::text[], ' ')), 'B')
          || setweight(to_tsvector('english', left($3, 20000) || ' ' || left($10, 50000)), 'C')
        """;

    // Title, tags and category alone.
    private const string Heads = $"ts_filter({Words}, '{{a,b}}')";

    // The last lock that a write takes, in the order of keys: everybody's skills of a category are counted in one row.
    private const string Counted =
        "on conflict (category_key) do update set shown = c.shown + excluded.shown, moderated = c.moderated + excluded.moderated";

    private const string AddSql =
        $"""
        -- skills.add
        with added as (
          insert into skills (author, title, description, category, category_key, difficulty, tags, days, visibility, words)
          values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, {Words})
          returning id, uuid),
        warm as (insert into skill_heat (skill_id, category_key, heads) select id, $5, {Heads} from added),
        counted as (insert into skill_categories as c (category_key, shown, moderated) values ($5, ($9 = 1)::int, ($9 <> 3)::int) {Counted})
        select id, uuid from added
        """;

    private const string EditSql =
        $"""
        -- skills.edit
        with before as materialized (select category_key, visibility, is_hidden from skills where id = $1),
        warm as (update skill_heat set category_key = $5, heads = {Heads} where skill_id = $1 and (category_key, heads) is distinct from ($5, {Heads})),
        counted as (
          insert into skill_categories as c (category_key, shown, moderated)
          select n.category_key, sum(n.shown), sum(n.moderated)
            from (select category_key, -(visibility = 1 and not is_hidden)::int as shown, -(visibility <> 3)::int as moderated from before
                  union all
                  select $5, ($9 = 1 and not is_hidden)::int, ($9 <> 3)::int from before) n
           group by 1 having sum(n.shown) <> 0 or sum(n.moderated) <> 0 order by 1
          {Counted})
        update skills
           set title = $2, description = $3, category = $4, category_key = $5, difficulty = $6, tags = $7, days = $8::jsonb, visibility = $9,
               words = {Words}, updated_at = now()
         where id = $1
        """;

    // In order, so that two skills with the same new words wait for each other in one direction only.
    private const string WordsSql =
        """
        -- skills.learn_words
        insert into skill_words (word)
        select w from unnest(tsvector_to_array(to_tsvector('simple', left($1, 20000)))) w
         where length(w) between 3 and 40 and w !~ '[0-9[:punct:]]' and not exists (select from skill_words k where k.word = w)
         order by w
        on conflict do nothing
        """;

    private const string RemoveSql =
        """
        -- skills.remove
        with gone as (delete from skills where id = $1 returning category_key, visibility, is_hidden),
        counted as (
          update skill_categories c set shown = c.shown - (g.visibility = 1 and not g.is_hidden)::int, moderated = c.moderated - (g.visibility <> 3)::int
            from gone g where c.category_key = g.category_key),
        cold as (delete from skill_heat where skill_id = $1),
        comments as (delete from skill_comments where skill_id = $1),
        tasks as (delete from skill_tasks where skill_id = $1 returning id)
        insert into skill_purges (kind, id) select 13, $1 union all select 15, id from tasks
        """;

    public static async Task<(long Id, Guid Uuid)> Add(NpgsqlConnection db, long author, SkillDraft draft, CancellationToken ct)
    {
        await using var command = Sql.Command(db, AddSql, Parameters(author, draft));
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt64(0), row.GetGuid(1));
    }

    /// <summary>Changes a locked skill.</summary>
    public static Task Edit(NpgsqlConnection db, long id, SkillDraft draft, CancellationToken ct) => Sql.Execute(db, EditSql, ct, Parameters(id, draft));

    /// <summary>Keeps the words, so that one that is misspelt in a search can be told from one that is meant.</summary>
    public static Task LearnWords(NpgsqlConnection db, SkillDraft draft, CancellationToken ct) =>
        Sql.Execute(db, WordsSql, ct, Sql.Value($"{draft.Title} {draft.Category} {string.Join(' ', draft.Tags)} {draft.Description}"));

    /// <summary>Removes a locked skill with its comments and tasks; a job removes later who liked it and the like.</summary>
    public static async Task Remove(Write write, long id, long author, long actor, CancellationToken ct)
    {
        await Sql.Execute(write.Db, RemoveSql, ct, Sql.Value(id));
        write.Append(new Entry(Verb.DeleteSkill, ObjectKind.Skill, id) { Actor = actor, Subject = author });
    }

    private static NpgsqlParameter[] Parameters(long first, SkillDraft draft) =>
    [
        Sql.Value(first),
        Sql.Value(draft.Title),
        Sql.Value(draft.Description),
        Sql.Value(draft.Category),
        Sql.Value(draft.CategoryKey),
        Sql.Value((short)draft.Difficulty),
        new NpgsqlParameter<string[]> { TypedValue = [.. draft.Tags], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        Sql.Text(JsonSerializer.Serialize(draft.Days, Json.Of<IReadOnlyList<SkillDay>>())),
        Sql.Value((short)draft.Visibility),
        Sql.Value(draft.DayText),
    ];
}
