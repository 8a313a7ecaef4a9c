using Hearth.Features.Engagement.Kept;
using Npgsql;

namespace Hearth.Features.Engagement.Metrics;

internal sealed record MentionsView(IReadOnlyList<MentionView> Mentions);

/// <summary>A place where somebody named the caller.</summary>
/// <param name="Id">The mention.</param>
/// <param name="MentionedBy">Who wrote it.</param>
/// <param name="Post">The post that it is in or under.</param>
/// <param name="Comment">The comment that it is in; null for one in a post.</param>
/// <param name="MentionContext">The words around the name.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="NotificationSent">Whether the caller was notified.</param>
internal sealed record MentionView(
    long Id, PublicAuthor MentionedBy, MentionedPost Post, MentionedComment? Comment, string MentionContext, DateTime CreatedAt, bool NotificationSent);

internal sealed record MentionedPost(long Id, string? Title, string Content);

internal sealed record MentionedComment(long Id, string Content);

/// <summary>Where a person is named, the latest first; what is hidden, gone or void, or by whom one is apart from, is left out.</summary>
internal sealed class MentionFigures(Apart apart, NpgsqlDataSource source)
{
    private const string Sql =
        """
        -- engagement.my_mentions
        select m.id, u.id, u.username, p.id, p.title, p.content, c.id, c.text, m.context, m.created_at,
               exists (select from notifications n
                        where n.object_kind = m.object_kind and n.object_id = m.object_id and n.class = 2 and n.user_id = m.user_id and n.actor = m.author)
          from mentions m
          join users u on u.id = m.author
          join posts p on p.id = m.post_id and not p.is_hidden
          left join comments c on m.object_kind = 3 and c.id = m.object_id
         where m.user_id = $1 and (m.object_kind = 2 or not c.is_hidden)
           and m.author <> all($3) and p.author <> all($3)
           and exists (select from engagement_actions a
                        where a.actor = m.author and a.verb = 7 and a.object_id = m.object_id and a.target = m.user_id and a.object_kind = m.object_kind)
         order by m.id desc
         limit $2
        """;

    public async Task<List<MentionView>> Read(long user, int limit, CancellationToken ct)
    {
        var parted = await apart.All(user, ct);
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(Sql, db)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = user }, new NpgsqlParameter<int> { TypedValue = limit }, new NpgsqlParameter<long[]> { TypedValue = [.. parted] } },
        };
        var mentions = new List<MentionView>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            mentions.Add(new MentionView(
                row.GetInt64(0),
                new PublicAuthor(row.GetInt64(1), row.GetString(2)),
                new MentionedPost(row.GetInt64(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetString(5)),
                row.IsDBNull(6) ? null : new MentionedComment(row.GetInt64(6), row.GetString(7)),
                row.GetString(8),
                row.GetDateTime(9),
                row.GetBoolean(10)));
        }

        return mentions;
    }
}
