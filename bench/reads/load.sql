-- A community of a year for reading: :rows rows of the ledger, and of the features' own tables what reading needs.
-- Everything follows from the row's number, so that two rows that belong together find each other without a join. Some people do much
-- more than others, and new posts are liked more than old ones. The projection `engagement` is rebuilt from it afterwards.
set synchronous_commit = off;
set work_mem = '256MB';

create function pg_temp.u(n bigint, seed bigint) returns float8 language sql immutable as $$
  select (hashint8extended(n, seed) & 2147483647) / 2147483648.0::float8 $$;

create temp table size as
select :rows::bigint as rows, greatest(:rows / 500, 200)::bigint as people, (:rows / 100)::bigint as posts, greatest(:rows / 50000, 20)::bigint as circles,
       (select coalesce(max(id), 0) + 1 from users) as first_user;
insert into users (id, username, username_key, display_name, roles, activity_visibility, is_private, created_at) overriding system value
select s.first_user + n, 'person' || n, 'person' || n, 'Person ' || n, 1 | case when n < 20 then 6 else 0 end,
       case when n % 50 = 49 then 2 when n % 20 = 19 then 1 else 0 end, n % 33 = 32, now() - interval '1 year' * (1 - n / s.people::float8 / 2)
  from size s, generate_series(0, s.people - 1) n;
insert into groups (id, owner, name) overriding system value select n, s.first_user + n, 'Group ' || n from size s, generate_series(1, s.circles) n;
insert into courses (id, owner, name) overriding system value select n, s.first_user + n % 20, 'Course ' || n from size s, generate_series(1, s.circles) n;
insert into promos (id, owner, name, code) overriding system value select n, s.first_user + n % 20, 'Campaign ' || n, 'code' || n from size s, generate_series(1, s.circles) n;

-- Which person did the n-th row; whom one follows by it; which post it is about; whose that is.
create function pg_temp.actor(n bigint, people bigint) returns bigint language sql immutable as $$
  select floor(power(pg_temp.u(n, 1), 2) * people)::bigint $$;
create function pg_temp.followed(n bigint, people bigint) returns bigint language sql immutable as $$
  select floor(power(pg_temp.u(n, 4), 1.5) * people)::bigint $$;
create function pg_temp.post(n bigint) returns bigint language sql immutable as $$
  select floor((n / 100) * (1 - power(pg_temp.u(n, 2), 3)))::bigint $$;
create function pg_temp.author(post bigint, people bigint) returns bigint language sql immutable as $$
  select post * 7919 % people $$;

insert into posts (id, author, title, content, group_id, course_id, campaign_id, is_hidden, created_at, updated_at) overriding system value
select n + 1, s.first_user + pg_temp.author(n, s.people), 'Post ' || n, 'What I want to say, in a sentence or two as people write them.',
       case when n % 10 = 1 then 1 + n / 10 % s.circles end, case when n % 20 = 2 then 1 + n / 20 % s.circles end, case when n % 20 = 4 then 1 + n / 20 % s.circles end,
       n % 100 = 99, at, at
  from size s, lateral (select n, now() - interval '1 year' * (1 - n / s.posts::float8) as at from generate_series(0, s.posts - 1) n) p;

-- Of a hundred rows: one post, then 40 views, 20 likes, 10 comments, 3 replies, 4 likes of comments, 16 shares, 3 bookmarks, a mention, a follow, a membership.
create temp table deeds as
select r.n, r.k, r.actor, r.post, r.about,
       case when r.k <= 40 then 10 when r.k <= 60 then 1 when r.k <= 70 then 5 when r.k <= 73 then 6 when r.k <= 77 then 3 when r.k <= 93 then 11 when r.k <= 96 then 12
            when r.k = 97 then 7 when r.k = 98 then 60 else 8 end as verb
  from size s, lateral (
    select n, n % 100 as k, pg_temp.actor(n, s.people) as actor,
           -- A reply and a like are of an earlier comment: about.
           case when n % 100 between 71 and 73 then pg_temp.post(n - 10) when n % 100 between 74 and 77 then pg_temp.post(c) else pg_temp.post(n) end as post,
           case when n % 100 between 71 and 73 then n - 10 when n % 100 between 74 and 77 then c else n end as about
      from (select n, (n / 100 - floor(power(pg_temp.u(n, 3), 2) * (n / 100))::bigint) * 100 + 61 + n % 10 as c from generate_series(1, s.rows - 1) n where n % 100 > 0) one) r;

insert into comments (id, post_id, author, parent_id, root_id, text, created_at, updated_at) overriding system value
select d.n, d.post + 1, s.first_user + d.actor, case when d.verb = 6 then d.about end, case when d.verb = 6 then d.about end, 'What comes to my mind when I read it.', at, at
  from size s, lateral (select *, now() - interval '1 year' * (1 - n / s.rows::float8) as at from deeds where verb in (5, 6)) d;
insert into mentions (object_kind, object_id, post_id, author, user_id, context, created_at)
select 2, d.post + 1, d.post + 1, s.first_user + pg_temp.author(d.post, s.people), s.first_user + d.actor, 'what do you think?', now() - interval '1 year' * (1 - d.n / s.rows::float8)
  from size s, deeds d where d.verb = 7 order by d.n on conflict do nothing;
insert into follows (follower, followed, at)
select s.first_user + d.actor, s.first_user + pg_temp.followed(d.n, s.people), now() - interval '1 year' * (1 - d.n / s.rows::float8)
  from size s, deeds d where d.verb = 60 and d.actor <> pg_temp.followed(d.n, s.people) on conflict do nothing;
insert into group_members (group_id, user_id) select 1 + d.n / 100 % s.circles, s.first_user + d.actor from size s, deeds d where d.verb = 8 on conflict do nothing;

insert into ledger (at, actor, object_id, subject, group_id, course_id, campaign_id, verb, object_kind, detail)
select now() - interval '1 year' * (1 - d.n / s.rows::float8),
       s.first_user + case when d.verb in (7, 20) then pg_temp.author(d.post, s.people) else d.actor end,
       case when d.verb in (3, 5, 6) then case d.verb when 3 then d.about else d.n end when d.verb = 60 then s.first_user + pg_temp.followed(d.n, s.people) when d.verb = 8 then 1 + d.n / 100 % s.circles else d.post + 1 end,
       case d.verb when 60 then s.first_user + pg_temp.followed(d.n, s.people) when 8 then s.first_user + 1 + d.n / 100 % s.circles when 7 then s.first_user + d.actor
            when 3 then s.first_user + pg_temp.actor(d.about, s.people) when 6 then s.first_user + pg_temp.actor(d.about, s.people)
            else s.first_user + pg_temp.author(d.post, s.people) end,
       case when d.verb = 8 then 1 + d.n / 100 % s.circles when d.verb <> 60 and d.post % 10 = 1 then 1 + d.post / 10 % s.circles end,
       case when d.verb not in (8, 60) and d.post % 20 = 2 then 1 + d.post / 20 % s.circles end, case when d.verb not in (8, 60) and d.post % 20 = 4 then 1 + d.post / 20 % s.circles end,
       d.verb, case d.verb when 60 then 1 when 8 then 4 when 3 then 3 when 5 then 3 when 6 then 3 else 2 end,
       case d.verb when 5 then jsonb_build_object('post', d.post + 1)
            when 6 then jsonb_build_object('post', d.post + 1, 'parent', d.about, 'post_author', s.first_user + pg_temp.author(d.post, s.people))
            when 3 then jsonb_build_object('post', d.post + 1) end
  from size s, lateral (
    select n, actor, post, about, verb::smallint from deeds
    union all
    select p * 100, pg_temp.author(p, s.people), p, 0, 20 from generate_series(0, s.posts - 1) p
     order by n) d
 where d.verb <> 60 or d.actor <> pg_temp.followed(d.n, s.people);

update posts p set views = c.views, like_count = c.likes, comment_count = c.comments, thread_count = c.threads, shares = c.shares
  from (select post, count(distinct actor) filter (where verb = 10) as views, count(distinct actor) filter (where verb = 1) as likes,
               count(*) filter (where verb in (5, 6)) as comments, count(*) filter (where verb = 5) as threads, count(distinct actor) filter (where verb = 11) as shares
          from deeds group by post) c where p.id = c.post + 1;
insert into post_days (list, list_id, day, posts) select 0, 0, (created_at at time zone 'UTC')::date, count(*) from posts group by 3;

-- What the last tenth notified of, each by itself.
insert into notifications (user_id, id, fold, object_id, actor, post_id, at, last, last_actor, last_at, people, class, type, shown, object_kind, muted, listed)
select l.subject, l.id, l.id, l.object_id, l.actor, case when l.verb = 1 then l.object_id end, l.at, l.id, l.actor, l.at, 1,
       case l.verb when 1 then 1 when 60 then 3 else 2 end, case l.verb when 1 then 1 when 5 then 2 else 14 end, case l.verb when 1 then 1 when 5 then 2 else 14 end,
       l.object_kind, false, true
  from ledger l where l.verb in (1, 5, 60) and l.subject <> l.actor and l.id > (select max(id) - max(id) / 10 from ledger);

select setval(pg_get_serial_sequence('users', 'id'), (select max(id) from users));
-- Who reads feeds: each follows up to 5,000 people, spread over all, the busiest, the quietest; one follows a hundred. keeper is an administrator.
insert into users (username, username_key, display_name, roles) select n, n, n, case n when 'keeper' then 17 else 1 end from unnest(array['everybody', 'busy', 'quiet', 'few', 'keeper']) n;
insert into follows (follower, followed)
select r.id, s.first_user + p.n
  from size s, users r, lateral (select case r.username when 'everybody' then n * greatest(1, s.people / 5000) when 'busy' then n when 'quiet' then s.people - 1 - n
                                         else n * greatest(1, s.people / 100) end as n from generate_series(0, case r.username when 'few' then 99 else 4999 end) n) p
 where r.username in ('everybody', 'busy', 'quiet', 'few') and p.n between 0 and s.people - 1;
insert into blocks (blocker, blocked) select r.id, s.first_user + n from size s, users r, generate_series(0, s.people - 1) n where n % 997 = 5 and r.username in ('everybody', 'busy', 'quiet', 'few');
insert into follow_counts (user_id, followers, following)
select id, sum(followers), sum(following) from (
  select followed as id, 1 as followers, 0 as following from follows union all select follower, 0, 1 from follows) f group by id;

-- What two of the projections make of it; engagement's tables are rebuilt.
insert into feed_entries (id, at, actor, object_id, parent_id, verb, object_kind)
select distinct on (object_kind, object_id, verb, actor) id, at, actor, object_id, case verb when 5 then (detail ->> 'post')::bigint end, verb, object_kind
  from ledger where verb in (5, 8, 11, 20, 60) order by object_kind, object_id, verb, actor, id;
insert into analytics_presence (user_id, slot) select distinct actor, floor(extract(epoch from at) / 300)::int from ledger where actor is not null;

-- A rebuild replays up to here.
update projections set position = (select max(id) from ledger);
