using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Notifications.Making;

/// <summary>The statements of memberships, blocks and muted types.</summary>
internal static class TieStore
{
    private const string MembersSql =
        """
        -- notifications.members
        select owner, other
          from (select distinct on (owner, other) owner, other, value from notification_ties
                 where kind = 1 and owner = any ($1) and not voided order by owner, other, row desc) latest
         where value = 1
        """;

    private const string CurrentSql =
        """
        -- notifications.ties
        select distinct on (t.owner, t.other) t.owner, t.other, t.row, t.value
          from unnest($2::bigint[], $3::bigint[]) as p (owner, other)
          join notification_ties t on t.kind = $1 and t.owner = p.owner and t.other = p.other and not t.voided
         order by t.owner, t.other, t.row desc
        """;

    private const string AddSql =
        """
        -- notifications.add_ties
        insert into notification_ties (kind, owner, other, row, value)
        select * from unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::int[])
        """;

    private const string VoidSql =
        """
        -- notifications.void_ties
        update notification_ties t set voided = $5
          from unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::bigint[]) as v (kind, owner, other, row)
         where t.kind = v.kind and t.owner = v.owner and t.other = v.other and t.row = v.row
        """;

    private const string ForgetSql =
        """
        -- notifications.forget
        with mine as (delete from notifications where user_id = $1)
        insert into notification_ties (kind, owner, other, row, value) values ($3, $1, 0, $2, 1)
        """;

    /// <summary>A person left: what they were told goes, and nothing is told them any more.</summary>
    public static Task Forget(NpgsqlConnection db, long user, long row, CancellationToken ct) =>
        Sql.Execute(db, ForgetSql, ct, Sql.Value(user), Sql.Value(row), Sql.Value(Ties.Left));

    public static async Task<List<(long Group, long Member)>> Members(NpgsqlConnection db, long[] groups, CancellationToken ct)
    {
        var members = new List<(long, long)>();
        if (groups.Length == 0)
            return members;
        await using var command = new NpgsqlCommand(MembersSql, db) { Parameters = { Sql.Array(groups) } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            members.Add((reader.GetInt64(0), reader.GetInt64(1)));
        return members;
    }

    public static async Task<List<(Tie Tie, int Value)>> Current(NpgsqlConnection db, short kind, IReadOnlyCollection<(long Owner, long Other)> pairs, CancellationToken ct)
    {
        var ties = new List<(Tie, int)>();
        if (pairs.Count == 0)
            return ties;
        await using var command = new NpgsqlCommand(CurrentSql, db)
        {
            Parameters = { Sql.Value(kind), Sql.Array(pairs, pair => pair.Owner), Sql.Array(pairs, pair => pair.Other) },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ties.Add((new Tie(kind, reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt32(3)), reader.GetInt32(3)));
        return ties;
    }

    public static Task Add(NpgsqlConnection db, IReadOnlyCollection<Tie> ties, CancellationToken ct) =>
        Sql.Execute(db, AddSql, ct, [.. Keys(ties), Sql.Array(ties, tie => tie.Value)]);

    public static Task Void(NpgsqlConnection db, IReadOnlyCollection<Tie> ties, bool voided, CancellationToken ct) =>
        ties.Count == 0 ? Task.CompletedTask : Sql.Execute(db, VoidSql, ct, [.. Keys(ties), Sql.Value(voided)]);

    private static NpgsqlParameter[] Keys(IReadOnlyCollection<Tie> ties) =>
    [
        Sql.Array(ties, tie => tie.Kind), Sql.Array(ties, tie => tie.Owner), Sql.Array(ties, tie => tie.Other), Sql.Array(ties, tie => tie.Row),
    ];
}
