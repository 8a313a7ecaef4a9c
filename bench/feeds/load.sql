-- Feeds at size: `psql -v people=20000 -v rows=10000000 -f load.sql` on an empty, migrated database whose server has been started once and stopped.
-- :rows rows of the ledger over a year: people share posts, some much more than others; one in four went silent after the first tenth of the year.
\set ON_ERROR_STOP on
set synchronous_commit = off;
set maintenance_work_mem = '512MB';
set statement_timeout = 0;

insert into users (username, username_key, display_name, activity_visibility, is_private)
select 'person' || n, 'person' || n, 'Person ' || n, case when n % 50 = 0 then 2 when n % 20 = 0 then 1 else 0 end, n % 33 = 0 from generate_series(1, :people) n;
create temp table who as select row_number() over (order by id) - 1 as n, id from users where username like 'person%';
create unique index on who (n);

insert into posts (author, title, content, is_hidden, created_at)
select w.id, 'Post ' || i, 'What I want to say.', i % 100 = 0, now() - interval '1 year' from generate_series(1, 100000) i join who w on w.n = i % :people;
create temp table what as select row_number() over (order by id) - 1 as n, id, author from posts;
create unique index on what (n);

-- In order of time. Who shares is skewed: a tenth of the people does a third. Every fourth person is silent after the first tenth.
insert into ledger (at, actor, object_id, subject, verb, object_kind)
select now() - interval '1 year' * (1 - r.n / :rows::float8), w.id, o.id, o.author, 11, 2
  from (select n, floor(power(random(), 2) * :people)::bigint as actor, floor(random() * 100000)::bigint as post from generate_series(1, :rows) n) r
  join who w on w.n = case when r.actor % 4 = 3 and r.n > :rows / 10 then r.actor - 3 else r.actor end
  join what o on o.n = r.post
 order by r.n;

-- What the projection makes of them.
insert into feed_entries (id, at, actor, object_id, verb, object_kind)
select min(id), min(at), actor, object_id, verb, object_kind from ledger where verb = 11 group by actor, object_id, verb, object_kind;
update projections set position = (select max(id) from ledger);

-- Who reads: each follows 5,000 people.
insert into users (username, username_key, display_name) select n, n, n from unnest(array['everybody', 'busy', 'silent', 'few']) n;
insert into follows (follower, followed)
select r.id, w.id from users r join who w on case r.username
         when 'everybody' then w.n % (:people / 5000) = 0
         when 'busy' then w.n < 5000
         when 'silent' then w.n % 4 = 3 and w.n < 20000
         when 'few' then w.n % (:people / 100) = 0 end
 where r.username in ('everybody', 'busy', 'silent', 'few');
insert into follow_counts (user_id, following) select follower, count(*) from follows group by 1;
insert into blocks (blocker, blocked) select r.id, w.id from users r join who w on w.n % 997 = 5 where r.username in ('everybody', 'busy', 'silent', 'few');
vacuum (analyze) feed_entries;
vacuum (analyze) follows;
analyze users; analyze posts; analyze ledger;
