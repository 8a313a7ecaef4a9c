using Hearth.Ledger;

namespace Hearth.Features.Operations.Import;

/// <summary>What <c>hearth verify</c> compares: the totals that imports brought with the ledger's rows about them.</summary>
internal static class ImportChecks
{
    public static IEnumerable<StateCheck> All => [Totals("posts", 2, "views_base"), Totals("comments", 3, "0")];

    private static StateCheck Totals(string table, short kind, string views) => new(
        $"{table}.imported",
        $"select count(*) from {table}",
        $"""
        -- import.check_{table}
        with told as (
          select l.object_id, sum(l.value) filter (where l.verb = 40 and (l.detail->>'kind')::int = 1) as likes,
                 sum(l.value) filter (where l.verb = 40 and (l.detail->>'kind')::int = 2) as loves, sum(l.value) filter (where l.verb = 41) as views
            from ledger l
           where l.verb in (40, 41) and l.object_kind = {kind}
             and coalesce((select v.verb = 101 from ledger v where v.voids = l.id and v.id > l.id order by v.id desc limit 1), true)
           group by l.object_id)
        select '{table} ' || p.id, p.expected, p.actual
          from (select o.id, coalesce(t.likes, 0) || ' likes, ' || coalesce(t.loves, 0) || ' loves, ' || coalesce(t.views, 0) || ' views' as expected,
                       o.like_base || ' likes, ' || o.love_base || ' loves, ' || {views} || ' views' as actual
                  from {table} o left join told t on t.object_id = o.id) p
         where p.expected <> p.actual
        """);
}
