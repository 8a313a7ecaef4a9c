using Hearth.Database;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Notifications.Making;

/// <summary>
/// Rows that count no more, or again: what they caused goes and comes, what they took back comes and goes, and the rest folds as if they had not been.
/// A block or a membership that is void admits what comes after it; what it kept away before stays away.
/// </summary>
internal static class Voiding
{
    private const string VoidSql =
        """
        -- notifications.void
        update notifications n set voided = $3
          from unnest($1::bigint[], $2::bigint[]) as v (user_id, id)
         where n.user_id = v.user_id and n.id = v.id
        """;

    private const string ReadersSql =
        """
        -- notifications.group_readers
        select user_id from notifications where object_kind = 2 and object_id = $1 and class = 2 and id = $2
        """;

    public static bool Concerns(LedgerRow row) => row.Verb is Verb.Void or Verb.Unvoid && row.Voided is not null;

    /// <summary>The rows from here on that all void, or all restore.</summary>
    public static IReadOnlyList<LedgerRow> Run(IReadOnlyList<LedgerRow> rows, int from)
    {
        var run = new List<LedgerRow>();
        for (var at = from; at < rows.Count && rows[at].Verb == rows[from].Verb && rows[at].Voided is { } voided; at++)
            run.Add(voided);
        return run;
    }

    /// <summary>Makes these rows void, or count again.</summary>
    public static async Task Apply(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, bool voided, Changes changes, CancellationToken ct)
    {
        await TieStore.Void(db, [.. rows.Select(Ties.Of).OfType<Tie>()], voided, ct);
        await VoidTakeBacks(db, [.. rows.Select(Causes.TakesBack).OfType<TakeBack>()], voided, changes, ct);
        await VoidCauses(db, rows, voided, changes, ct);
        foreach (var row in rows)
            await Removing.Void(db, row, voided, changes, ct);
    }

    private static async Task VoidTakeBacks(NpgsqlConnection db, List<TakeBack> rows, bool voided, Changes changes, CancellationToken ct)
    {
        if (rows.Count == 0)
            return;
        var folds = voided ? await FoldStore.GiveBack(db, rows, ct) : await FoldStore.TakeBack(db, rows, ct);
        var distinct = folds.Distinct().ToList();
        changes.Touched.UnionWith(distinct);
        await FoldStore.Show(db, distinct, ct);
    }

    private static async Task VoidCauses(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, bool voided, Changes changes, CancellationToken ct)
    {
        var causes = rows.SelectMany(Causes.Of).ToList();
        foreach (var row in rows.Where(Causes.IsGroupNews))
        {
            foreach (var reader in await Readers(db, row, ct))
                causes.Add(Causes.New(row, reader, NotificationType.GroupUpdate));
        }

        if (causes.Count == 0)
            return;
        var keys = causes.Select(cause => cause.Key).Distinct().ToArray();
        await Sql.Execute(db, VoidSql, ct, Sql.Array(causes, cause => cause.User), Sql.Array(causes, cause => cause.Row), Sql.Value(voided));
        changes.Touched.UnionWith(await Folding.Anew(db, keys, ct));
        foreach (var cause in causes)
            changes.Touched.Add((cause.User, cause.Row));
    }

    private static async Task<List<long>> Readers(NpgsqlConnection db, LedgerRow row, CancellationToken ct)
    {
        var readers = new List<long>();
        await using var command = Sql.Command(db, ReadersSql, Sql.Value(row.ObjectId), Sql.Value(row.Id));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            readers.Add(reader.GetInt64(0));
        return readers;
    }
}
