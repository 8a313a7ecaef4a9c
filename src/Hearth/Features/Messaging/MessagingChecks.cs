using Hearth.Ledger;

namespace Hearth.Features.Messaging;

/// <summary>What <c>hearth verify</c> compares: figures with the rows that they count.</summary>
internal static class MessagingChecks
{
    public static IEnumerable<StateCheck> All =>
    [
        new StateCheck(
            "messaging.days",
            "select count(*) from messaging_days",
            """
            -- messaging.check_days
            with real as (
              select tenant, sum(sent) as sent, sum(received) as received, sum(delivered) as delivered, sum(conversations) as conversations,
                     sum(replied) as replied, sum(open) as open
                from (select tenant, count(sent_at) as sent, count(*) filter (where incoming) as received, count(delivered_at) as delivered, 0 as conversations,
                             0 as replied, 0 as open from messages group by tenant
                      union all
                      select tenant, 0, 0, 0, count(*), count(*) filter (where replied), count(*) filter (where open) from conversations group by tenant) sides
               group by tenant),
            kept as (
              select tenant, sum(sent) as sent, sum(received) as received, sum(delivered) as delivered, sum(conversations) as conversations,
                     sum(replied) as replied, sum(open) as open from messaging_days group by tenant)
            select 'tenant ' || coalesce(r.tenant, k.tenant), r::text, k::text
              from real r full join kept k on k.tenant = r.tenant
             where (coalesce(r.sent, 0), coalesce(r.received, 0), coalesce(r.delivered, 0), coalesce(r.conversations, 0), coalesce(r.replied, 0), coalesce(r.open, 0))
                   is distinct from
                   (coalesce(k.sent, 0), coalesce(k.received, 0), coalesce(k.delivered, 0), coalesce(k.conversations, 0), coalesce(k.replied, 0), coalesce(k.open, 0))
            """),
        new StateCheck(
            "messaging.months",
            "select count(*) from messaging_months",
            """
            -- messaging.check_months
            with real as (
              select tenant, date_trunc('month', day::timestamp)::date as month, sum(sent) as sent, sum(received) as received, sum(delivered) as delivered,
                     sum(conversations) as conversations, sum(replied) as replied, sum(open) as open, sum(campaigns) as campaigns
                from messaging_days group by 1, 2),
            kept as (
              select tenant, month, sum(sent) as sent, sum(received) as received, sum(delivered) as delivered, sum(conversations) as conversations,
                     sum(replied) as replied, sum(open) as open, sum(campaigns) as campaigns
                from messaging_months group by 1, 2)
            select 'tenant ' || coalesce(r.tenant, k.tenant) || ' in ' || coalesce(r.month, k.month), r::text, k::text
              from real r full join kept k on k.tenant = r.tenant and k.month = r.month
             where (r.sent, r.received, r.delivered, r.conversations, r.replied, r.open, r.campaigns)
                   is distinct from (k.sent, k.received, k.delivered, k.conversations, k.replied, k.open, k.campaigns)
            """),
        new StateCheck(
            "messaging.campaigns",
            "select count(*) from mailings",
            """
            -- messaging.check_campaigns
            with real as (
              select tenant, mailing, count(*) as total, count(*) filter (where status in (1, 2)) as pending, count(sent_at) as sent,
                     count(delivered_at) as delivered, count(*) filter (where status = 5) as read, count(*) filter (where status = 6) as failed,
                     count(*) filter (where status = 7) as uncertain, count(*) filter (where status = 8) as skipped
                from messages where mailing is not null group by tenant, mailing)
            select 'campaign ' || g.uuid, r::text, (g.total, g.pending, g.sent, g.delivered, g.read, g.failed, g.uncertain, g.skipped)::text
              from mailings g left join real r on r.tenant = g.tenant and r.mailing = g.id
             where (g.total, g.pending, g.sent, g.delivered, g.read, g.failed, g.uncertain, g.skipped)::text
                   <> (coalesce(r.total, 0), coalesce(r.pending, 0), coalesce(r.sent, 0), coalesce(r.delivered, 0), coalesce(r.read, 0), coalesce(r.failed, 0),
                       coalesce(r.uncertain, 0), coalesce(r.skipped, 0))::text
            """),
        new StateCheck(
            "messaging.activities",
            "select count(*) from messaging_activity_counts",
            """
            -- messaging.check_activities
            with real as (select tenant, type, count(*) as count from messaging_activities group by tenant, type),
            kept as (select tenant, type, sum(count) as count from messaging_activity_counts group by tenant, type)
            select 'tenant ' || coalesce(r.tenant, k.tenant) || ' type ' || coalesce(r.type, k.type), r.count::text, k.count::text
              from real r full join kept k on k.tenant = r.tenant and k.type = r.type
             where coalesce(r.count, 0) <> coalesce(k.count, 0)
            """),
    ];
}
