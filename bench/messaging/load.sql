-- Messaging at size, for `make bench WORDS=messaging`: an organisation with :rows messages of three years, and one with a thousandth of them. Seven in ten belong to conversations,
-- the others to 300 campaigns. The rows of the ledger are left out: nothing that is measured reads them.
set synchronous_commit = off;
set maintenance_work_mem = '512MB';
set work_mem = '256MB';
set jit = off;
-- Each reference of what follows is right by its making; looking ten million of them up takes half an hour.
set session_replication_role = replica;

insert into tenants (name, webhook_secret) values ('whole', 'secret of the whole'), ('thousandth', 'secret of the thousandth');
create temp table size as
select number as tenant, id as tenant_id, rows, rows / 50 as contacts, rows / 10 as conversations, now() - interval '3 years' as since
  from (select number, id, case name when 'whole' then :rows else :rows / 1000 end as rows from tenants where name in ('whole', 'thousandth')) t;
insert into users (username, username_key, display_name, tenant_id)
select s.tenant || '-member-' || n, s.tenant || '-member-' || n, 'Member ' || n, s.tenant_id from size s, generate_series(1, 200) n order by s.tenant, n;

insert into contacts (tenant, name, phone, email, tags, created_at)
select s.tenant, 'Contact ' || n, '+2557' || lpad(n::text, 8, '0'), 'contact' || n || '@example.org', array['tag' || n % 20], s.since + n * (interval '1 year' / s.contacts)
  from size s, generate_series(1, s.contacts) n order by s.tenant, n;
create temp table first_contact as select tenant, min(id) as id from contacts group by tenant;

insert into templates (tenant, name, category, language, channel, approved, created_at)
select s.tenant, 'Template ' || n, 'news', 'sw', 'email', 1, s.since from size s, generate_series(1, 40) n order by s.tenant, n;
insert into template_versions (tenant, template, version, body, status, author, created_at)
select tenant, id, 1, 'Hello {{name}}, there is news.', 'approved', 1, created_at from templates;
insert into mailings (tenant, name, template, channel, audience, status, version, run, actor, created_at, started_at, ended_at)
select s.tenant, 'Campaign ' || n, t.id + n % 40, 'email', '{"tags": ["tag1"]}', 'completed', 1, 1, 1, at, at, at + interval '20 minutes'
  from (select *, since + (n + 0.5) * (interval '3 years' / 300) as at from size, generate_series(0, 299) n) s
  join (select tenant, min(id) as id from templates group by tenant) t using (tenant)
 order by s.tenant, n;

insert into conversations (tenant, contact, subject, channel, open, replied, waiting, last_at, created_at)
select s.tenant, c.id + n % s.contacts, 'About order ' || n, 'email', n % 25 = 0, n % 3 > 0, n % 3 > 0, at + interval '6 minutes', at
  from (select *, since + n * (interval '3 years' / conversations) as at from size, generate_series(0, conversations - 1) n) s
  join first_contact c using (tenant)
 order by s.tenant, n;
create temp table first_conversation as select tenant, min(id) as id from conversations group by tenant;
create temp table first_mailing as select tenant, min(id) as id from mailings group by tenant;

-- Seven messages a conversation, a minute each; two of three conversations have four of the contact's and three of the organisation's.
insert into messages (tenant, contact, conversation, mailing, status, incoming, channel, body, author, created_at, sent_at, delivered_at)
select tenant, contact, conversation, mailing, status, status = 9, 'email', body, author, at, case when status in (3, 4) then at end, case when status = 4 then at end
  from (select s.tenant, c.id + (n / 7) % s.contacts as contact, v.id + n / 7 as conversation, null::bigint as mailing,
               case when (n / 7) % 3 > 0 and n % 7 % 2 = 0 then 9 when n % 97 = 0 then 6 when n % 20 = 0 then 3 else 4 end::smallint as status,
               'What we write to each other about an order, number ' || n as body, case when (n / 7) % 3 > 0 and n % 7 % 2 = 0 then null else 1 end as author,
               s.since + (n / 7) * (interval '3 years' / s.conversations) + n % 7 * interval '1 minute' as at
          from size s join first_contact c using (tenant) join first_conversation v using (tenant), generate_series(0, s.conversations * 7 - 1) n
        union all
        select s.tenant, c.id + n % s.contacts, null, g.id + n / (s.rows / 1000), case when n % 97 = 0 then 6 when n % 20 = 0 then 3 else 4 end::smallint, null, null,
               s.since + (n / (s.rows / 1000) + 0.5) * (interval '3 years' / 300)
          from size s join first_contact c using (tenant) join first_mailing g using (tenant), generate_series(0, s.rows / 1000 * 300 - 1) n) m
 order by at;

-- What follows from them.
update mailings g
   set total = m.total, sent = m.sent, delivered = m.delivered, failed = m.failed
  from (select tenant, mailing, count(*) as total, count(sent_at) as sent, count(delivered_at) as delivered, count(*) filter (where status = 6) as failed
          from messages where mailing is not null group by tenant, mailing) m
 where g.tenant = m.tenant and g.id = m.mailing;
insert into messaging_days (tenant, day, slot, sent, received, delivered, conversations, replied, open, campaigns)
select tenant, day, slot, sum(sent), sum(received), sum(delivered), sum(conversations), sum(replied), sum(open), sum(campaigns)
  from (select tenant, (created_at at time zone 'UTC')::date as day, id % 4 as slot, count(sent_at) as sent, count(*) filter (where incoming) as received,
               count(delivered_at) as delivered, 0 as conversations, 0 as replied, 0 as open, 0 as campaigns from messages group by 1, 2, 3
        union all
        select tenant, (created_at at time zone 'UTC')::date, id % 4, 0, 0, 0, count(*), count(*) filter (where replied), count(*) filter (where open), 0
          from conversations group by 1, 2, 3
        union all
        select tenant, (started_at at time zone 'UTC')::date, id % 4, 0, 0, 0, 0, 0, 0, count(*) from mailings group by 1, 2, 3) d
 group by tenant, day, slot;
insert into messaging_months (tenant, month, slot, sent, received, delivered, conversations, replied, open, campaigns)
select tenant, date_trunc('month', day::timestamp)::date, slot, sum(sent), sum(received), sum(delivered), sum(conversations), sum(replied), sum(open), sum(campaigns)
  from messaging_days group by 1, 2, 3;
insert into messaging_activities (tenant, uuid, type, at, hour, count, contacts, object, actor)
select tenant, uuid, type, at, hour, count, contacts, object, actor
  from (select tenant, uuid, 1 as type, created_at as at, null::timestamptz as hour, 1 as count, null::uuid[] as contacts, id as object, null::bigint as actor
          from messages where incoming
        union all
        select tenant, uuid, 5, started_at, null, 1, null, id, 1 from mailings
        union all
        select tenant, uuid, 2, ended_at, null, 1, null, id, null from mailings
        union all
        select tenant, uuid, 4, created_at, null, 1, null, id, 1 from templates
        union all
        select tenant, gen_random_uuid(), case when count(*) > 1 then 6 else 3 end, max(created_at), date_trunc('hour', created_at), count(*), (array_agg(uuid order by id))[1:5], null, null
          from contacts group by tenant, date_trunc('hour', created_at)) a
 order by at;
insert into messaging_activity_counts (tenant, type, slot, count) select tenant, type, id % 4, count(*) from messaging_activities group by 1, 2, 3;

set session_replication_role = origin;
vacuum (analyze) contacts;
vacuum (analyze) conversations;
vacuum (analyze) messages;
vacuum (analyze) mailings;
vacuum (analyze) messaging_days;
vacuum (analyze) messaging_months;
vacuum (analyze) messaging_activities;
vacuum (analyze) messaging_activity_counts;
analyze users;
analyze templates;
checkpoint;
