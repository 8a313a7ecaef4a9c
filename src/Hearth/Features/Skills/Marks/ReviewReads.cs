using System.Globalization;
using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>What somebody wrote with a rating.</summary>
/// <param name="Rating">1 to 5.</param>
/// <param name="CreatedAt">When they rated so.</param>
internal sealed record ReviewView(SkillAuthor Author, int Rating, string Review, DateTime CreatedAt);

/// <summary>Ratings with words, the latest first.</summary>
internal static class ReviewReads
{
    public static async Task<List<(long User, ReviewView View)>> List(NpgsqlConnection db, Reader reader, long skill, KeysetQuery page, CancellationToken ct)
    {
        var (compare, order) = page.Backwards ? (">", "asc") : ("<", "desc");
        var parameters = new List<NpgsqlParameter>(reader.Parameters) { Sql.Value(skill), Sql.Value(page.Take) };
        if (page.Cursor is { } cursor)
            parameters.AddRange([Sql.Time(cursor.Time(0)), Sql.Value(cursor.Long(1))]);
        var sql =
            $"""
            -- skills.reviews
            select r.user_id, u.uuid, u.username, u.display_name, u.profile_photo, r.rating, r.review, r.at
              from skill_ratings r join users u on u.id = r.user_id
             where r.skill_id = $3 and r.review is not null and r.rating > 0 and ($2 or not {Blocks.Part("$1", "r.user_id")})
                   {(page.Cursor is null ? "" : $"and (r.at, r.user_id) {compare} ($5, $6)")}
             order by r.at {order}, r.user_id {order} limit $4
            """;
        var reviews = new List<(long, ReviewView)>();
        await using var command = Sql.Command(db, sql, [.. parameters]);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            reviews.Add((row.GetInt64(0), new ReviewView(
                new SkillAuthor(row.GetGuid(1), row.GetString(2), row.GetString(3), row.TextOrNull(4)), row.GetInt16(5), row.GetString(6), row.GetDateTime(7))));
        }

        return reviews;
    }

    public static string[] Key((long User, ReviewView View) review) =>
        [review.View.CreatedAt.Ticks.ToString(CultureInfo.InvariantCulture), review.User.ToString(CultureInfo.InvariantCulture)];
}
