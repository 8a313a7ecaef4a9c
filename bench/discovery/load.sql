-- :rows skills for searching: words as a language has them, few common and many rare, in texts as long as people write them; categories of
-- very different size; likes, downloads, ratings and views that few skills have many of.
set synchronous_commit = off;

create temp table vocabulary as
select n, w as word from (
  select row_number() over () as n, a || b || c as w
    from unnest(array['br', 'cl', 'd', 'fl', 'g', 'h', 'k', 'l', 'm', 'n', 'pl', 'r', 's', 'str', 't', 'v', 'w', 'z']) with ordinality x (a, i),
         unnest(array['ado', 'ena', 'ili', 'oru', 'uma', 'esto', 'anti', 'olo', 'irte', 'ump']) with ordinality y (b, j),
         unnest(array['', 'ta', 'ner', 'sil', 'dom', 'vik', 'pol', 'rax', 'min', 'gan', 'lot', 'fer', 'bus', 'kan', 'tor', 'mel']) with ordinality z (c, k)
   order by hashint8(i * 7919 + j * 104729 + k * 1299709)) all_words;
insert into vocabulary select 2880 + n, w from unnest(array['learn', 'python', 'guitar', 'bread', 'sourdough', 'running', 'spanish', 'chess', 'drawing', 'meditation']) with ordinality t (w, n);
create unique index on vocabulary (n);
-- Which word comes next: Zipf's law, more or less; a few are those that people look for.
create function pg_temp.word(random float8) returns bigint language sql immutable as $$
  select case when random * 100 - floor(random * 100) < 0.003 then 2881 + floor(random * 1e6)::bigint % 10 else 1 + floor(power(random, 3.5) * 2880)::bigint end $$;

-- A word of three skills each: most words of a language are rare.
create function pg_temp.syllable(n bigint) returns text language sql immutable as $$ select substr('bdfgklmnps', (1 + n % 10)::int, 1) || substr('aeiou', (1 + n / 10 % 5)::int, 1) $$;
create function pg_temp.rare(n bigint) returns text language sql immutable as $$ select pg_temp.syllable(n) || pg_temp.syllable(n / 50) || pg_temp.syllable(n / 2500) || 'x' $$;

create temp table first_user as select coalesce(max(id), 0) + 1 as id from users;
insert into users (id, username, username_key, display_name) overriding system value select f.id + n, 'person' || n, 'person' || n, 'Person ' || n from first_user f, generate_series(0, 9999) n;
insert into users (id, username, username_key, display_name) overriding system value select f.id + 10000, 'newcomer', 'newcomer', 'Newcomer' from first_user f;

create temp table drafts as
select w.n, string_agg(v.word, ' ' order by w.i) filter (where w.i <= 5) as title, string_agg(v.word, ' ' order by w.i) filter (where w.i between 6 and 45) || ' ' || pg_temp.rare(w.n / 3) as description,
       array_agg(distinct v.word) filter (where w.i between 46 and 48) as tags, string_agg(v.word, ' ' order by w.i) filter (where w.i > 48) as tasks
  from (select n, i, pg_temp.word(random()) as word from generate_series(1, :rows) n, generate_series(1, 78) i) w
  join vocabulary v on v.n = w.word
 group by w.n;
insert into skills (id, author, title, description, category, category_key, difficulty, tags, days, visibility, is_hidden, words, likes, downloads, views, rating_sum, rating_count, created_at, updated_at)
overriding system value
select d.n, f.id + d.n * 7919 % 10000, initcap(d.title), d.description, 'Category ' || c, 'category ' || c, 1 + d.n % 3, d.tags,
       jsonb_build_array(jsonb_build_object('day', 1, 'title', 'First steps', 'tasks', jsonb_build_array(d.tasks))), case when d.n % 20 = 7 then 3 when d.n % 10 = 3 then 2 else 1 end, d.n % 200 = 11,
       setweight(to_tsvector('english', d.title), 'A') || setweight(to_tsvector('english', 'Category ' || c || ' ' || array_to_string(d.tags, ' ')), 'B')
         || setweight(to_tsvector('english', d.description || ' First steps ' || d.tasks), 'C'),
       m.likes, m.likes / 2, m.likes * 8, m.likes / 3 * 4 + d.n % 3, m.likes / 3 + (d.n % 3 > 0)::int, at, at
  from first_user f, drafts d, lateral (select 1 + floor(power(random(), 2) * 40 + d.n * 0)::int as c, now() - interval '1 year' * (1 - d.n / :rows::float8) as at) x,
       lateral (select floor(20 * power(random(), 12) + d.n * 0)::int as likes) m;
insert into skill_words select distinct w from drafts, unnest(tsvector_to_array(to_tsvector('simple', title || ' ' || description || ' ' || array_to_string(tags, ' ')))) w
 where length(w) between 3 and 40 and w !~ '[0-9[:punct:]]' on conflict do nothing;

insert into skill_likes (skill_id, user_id, at) select s.id, f.id + (s.id * 31 + i * 97) % 10000, s.created_at + (now() - s.created_at) * random() from first_user f, skills s, generate_series(1, s.likes) i on conflict do nothing;
insert into skill_downloads (skill_id, user_id, at) select s.id, f.id + (s.id * 31 + i * 97) % 10000, s.created_at + (now() - s.created_at) * random() from first_user f, skills s, generate_series(1, s.downloads) i on conflict do nothing;
insert into skill_views (skill_id, user_id, at) select s.id, f.id + (s.id * 13 + i * 89) % 10000, s.created_at + (now() - s.created_at) * random() from first_user f, skills s, generate_series(1, s.views) i on conflict do nothing;
insert into skill_ratings (skill_id, user_id, rating, at) select s.id, f.id + (s.id * 31 + i * 97) % 10000, 4, now() from first_user f, skills s, generate_series(1, s.rating_count) i on conflict do nothing;
insert into skill_heat (skill_id, category_key, heads, views, likes, downloads, ratings)
select s.id, s.category_key, ts_filter(s.words, '{a,b}'), coalesce(v.heat, 0), coalesce(l.heat, 0), coalesce(d.heat, 0), 0 from skills s
  left join (select skill_id, sum(skill_heat_at(at)) as heat from skill_views group by 1) v on v.skill_id = s.id
  left join (select skill_id, sum(skill_heat_at(at)) as heat from skill_likes group by 1) l on l.skill_id = s.id
  left join (select skill_id, sum(skill_heat_at(at)) as heat from skill_downloads group by 1) d on d.skill_id = s.id;
insert into skill_categories
select category_key, count(*) filter (where visibility = 1 and not is_hidden), count(*) filter (where visibility <> 3) from skills group by 1;
insert into follows (follower, followed) select f.id + n, f.id + (n * 17 + i * 131) % 10000 from first_user f, generate_series(0, 9999) n, generate_series(1, 20) i where n <> (n * 17 + i * 131) % 10000 on conflict do nothing;
insert into blocks (blocker, blocked) select f.id + n, f.id + (n * 11 + 5) % 10000 from first_user f, generate_series(0, 9999) n where n <> (n * 11 + 5) % 10000 on conflict do nothing;
