using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>
/// Who is named in comments on skills: a row for each who may see the skill, and one for each who is named no more. They are news, and no
/// engagement of the community's log.
/// </summary>
internal static class SkillMentions
{
    private static readonly string NamedSql =
        $"""
        -- skill_mentions.named
        select u.id from users u join skills s on s.id = $2
         where u.username_key = any ($1) and u.is_active and {Sight.Visible("u.id", "false")}
         order by u.id
        """;

    /// <param name="write">The write that stores the text.</param>
    /// <param name="skill">The skill that is commented on.</param>
    /// <param name="comment">The comment.</param>
    /// <param name="author">Who wrote it.</param>
    /// <param name="before">What it said until now.</param>
    /// <param name="after">What it says.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task Append(Write write, long skill, long comment, long author, string before, string after, CancellationToken ct)
    {
        var old = Names(before);
        var now = Names(after);
        foreach (var user in await People(write.Db, skill, [.. now.Except(old, StringComparer.Ordinal)], ct))
            write.Append(Row(Verb.MentionInSkill, user));
        foreach (var user in await People(write.Db, skill, [.. old.Except(now, StringComparer.Ordinal)], ct))
            write.Append(Row(Verb.UnmentionInSkill, user));

        Entry Row(Verb verb, long user) => new(verb, ObjectKind.SkillComment, comment) { Actor = author, Subject = user, Detail = SkillDetail.Of(skill) };
    }

    private static List<string> Names(string text) => [.. MentionFinder.Find(text).Select(found => Usernames.Key(found.Name))];

    private static async Task<List<long>> People(NpgsqlConnection db, long skill, string[] names, CancellationToken ct)
    {
        var people = new List<long>();
        if (names.Length == 0)
            return people;
        await using var command = Sql.Command(db, NamedSql, Sql.Array(names), Sql.Value(skill));
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            people.Add(rows.GetInt64(0));
        return people;
    }
}
