using System.Globalization;
using Hearth.Database;
using Hearth.Jobs.Mail;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Notifications.Mail;

/// <summary>What was done with a skill, or with several. Views are of people who read it for the first time; likes are less those taken back.</summary>
internal readonly record struct SkillDeeds(long Views, long Likes, long Downloads, long Comments, long Ratings)
{
    public bool IsNothing => Views <= 0 && Likes <= 0 && Downloads <= 0 && Comments <= 0 && Ratings <= 0;

    public static SkillDeeds operator +(SkillDeeds one, SkillDeeds other) => new(
        one.Views + other.Views, one.Likes + other.Likes, one.Downloads + other.Downloads, one.Comments + other.Comments, one.Ratings + other.Ratings);

    /// <summary>What there is of it, in words.</summary>
    public override string ToString() => string.Join(
        ", ",
        new[]
        {
            Words(Views, "new reader", "new readers"), Words(Likes, "like", "likes"), Words(Downloads, "download", "downloads"),
            Words(Comments, "comment", "comments"), Words(Ratings, "rating", "ratings"),
        }.OfType<string>());

    private static string? Words(long n, string one, string many) =>
        n <= 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{n:#,0} {(n == 1 ? one : many)}");
}

/// <summary>How a skill did in a week, and in the one before.</summary>
internal sealed record SkillWeek(Guid Id, string Title, SkillDeeds Deeds, SkillDeeds Before);

/// <summary>The mail on how one's skills did in a week.</summary>
internal static class SkillSummaryMail
{
    private const int MostSkills = 10;

    private const string WeekSql =
        """
        -- skill_summaries.week
        select s.uuid, s.title, d.day >= $3,
               sum(d.views), sum(d.likes) - sum(d.unlikes), sum(d.downloads), sum(d.comments), sum(d.ratings)
          from skills s join analytics_skill_days d on d.skill_id = s.id and d.day >= $2 and d.day < $4
         where s.author = $1
         group by s.id, d.day >= $3
         order by s.id
        """;

    /// <returns>What was done with a person's skills; those with which nothing was done in the week are left out.</returns>
    public static async Task<List<SkillWeek>> Read(NpgsqlConnection db, long user, SummaryWeek week, CancellationToken ct)
    {
        var skills = new Dictionary<Guid, SkillWeek>();
        await using var command = Sql.Command(db, WeekSql, Sql.Value(user), Sql.Value(week.Before), Sql.Value(week.From), Sql.Value(week.Until));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var id = row.GetGuid(0);
            var known = skills.GetValueOrDefault(id) ?? new SkillWeek(id, row.GetString(1), default, default);
            var deeds = new SkillDeeds(row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7));
            skills[id] = row.GetBoolean(2) ? known with { Deeds = deeds } : known with { Before = deeds };
        }

        return [.. skills.Values.OrderByDescending(skill => skill.Deeds.Views).ThenByDescending(skill => skill.Deeds.Likes + skill.Deeds.Downloads)];
    }

    /// <returns>Null when nothing is left to tell: what was done was voided meanwhile, or the skills are gone.</returns>
    public static MailMessage? Message(HearthOptions options, MailReader reader, SummaryWeek week, List<SkillWeek> skills, string unsubscribe)
    {
        var told = skills.FindAll(skill => !skill.Deeds.IsNothing);
        if (told.Count == 0)
            return null;
        var sum = told.Aggregate(default(SkillDeeds), (all, skill) => all + skill.Deeds);
        var before = skills.Aggregate(default(SkillDeeds), (all, skill) => all + skill.Before);
        List<string> paragraphs =
        [
            string.Create(CultureInfo.InvariantCulture, $"From {week.From:d MMMM} to {week.Until.AddDays(-1):d MMMM}: {sum}."),
            before.IsNothing ? "In the week before, nothing was done with them." : $"The week before: {before}.",
        ];
        if (told.Count > MostSkills)
            paragraphs.Add(string.Create(CultureInfo.InvariantCulture, $"These are the {MostSkills} that most people read, of {told.Count}:"));
        var content = new MailContent($"{reader.Name}, your skills last week", paragraphs)
        {
            Items = [.. told.Take(MostSkills).Select(skill => new MailLink($"{skill.Title}: {skill.Deeds}", Addresses.Skill(skill.Id, options)))],
            Action = new MailLink(told.Count == 1 ? "See your skill" : "See the one that most people read", Addresses.Skill(told[0].Id, options)),
            Footer = ["You get this on Mondays after a week in which somebody did something with your skills."],
            FooterLinks = [new MailLink("Choose what you hear of", Addresses.Preferences(options)), new MailLink("No more summaries of my skills", unsubscribe)],
        };
        return MailLayout.Message(options, reader.Address, reader.Name, $"Your skills last week: {sum}", content) with
        {
            Unsubscribe = unsubscribe,
            Headers = NotificationMails.ListId(options, "skill-summary"),
        };
    }
}
