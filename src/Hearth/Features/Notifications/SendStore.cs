using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Notifications;

/// <summary>How far notifications came by each way. States only ever rise: a late failure takes nothing back.</summary>
internal static class SendStore
{
    private const string MailedSql =
        """
        -- notifications.mailed
        insert into notification_sends as s (user_id, id, email_sent, email_delivered)
        select $1, id, true, $3 from unnest($2::bigint[]) as i (id)
        on conflict (user_id, id) do update set email_sent = true, email_delivered = s.email_delivered or excluded.email_delivered
        """;

    private const string PushedSql =
        """
        -- notifications.pushed
        insert into notification_sends (user_id, id, push_sent) values ($1, $2, true)
        on conflict (user_id, id) do update set push_sent = true
        """;

    /// <param name="db">A connection.</param>
    /// <param name="user">The reader.</param>
    /// <param name="ids">What the mail told of.</param>
    /// <param name="delivered">Whether the mail server took it, or refused it for good.</param>
    public static Task Mailed(NpgsqlConnection db, long user, long[] ids, bool delivered) =>
        Sql.Execute(db, MailedSql, CancellationToken.None, Sql.Value(user), Sql.Array(ids), Sql.Value(delivered));

    public static Task Pushed(NpgsqlConnection db, long user, long id) =>
        Sql.Execute(db, PushedSql, CancellationToken.None, Sql.Value(user), Sql.Value(id));
}
