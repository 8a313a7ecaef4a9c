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

    private const string AddSql =
        $"""
        -- skills.add
        with added as (
          insert into skills (author, title, description, category, category_key, difficulty, tags, days, visibility, words)
          values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, {Words})
          returning id, uuid),
        warm as (insert into skill_heat (skill_id) select id from added)
        select id, uuid from added
        """;

    private const string EditSql =
        $"""
        -- skills.edit
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
        with gone as (delete from skills where id = $1),
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
