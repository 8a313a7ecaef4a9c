-- Skills that people share, what others do with them, and how they are found.
create extension if not exists pg_trgm;

-- What something that happens now weighs in trends. A skill's heat is the sum of such weights: each halves in a week, but only
-- in relation to what comes later, so that what is stored never needs to be made anew. 2922 weeks are the years up to 2026.
create function skill_heat_at(at timestamptz) returns double precision language sql stable as $$
  select power(2::double precision, extract(epoch from at)::double precision / 604800 - 2922)
$$;

-- Counters are columns, updated in the transaction of what they count. visibility: 1 public, 2 followers, 3 private.
create table skills (
  id            bigint generated always as identity primary key,
  uuid          uuid not null unique default gen_random_uuid(),
  author        bigint not null references users,
  title         text not null,
  description   text not null,
  category      text not null,
  -- As it is compared: lower case.
  category_key  text not null,
  difficulty    smallint not null check (difficulty between 1 and 3),
  tags          text[] not null,
  days          jsonb not null,
  visibility    smallint not null check (visibility between 1 and 3),
  is_hidden     boolean not null default false,
  -- What is searched: title A, tags and category B, description and days C.
  words         tsvector not null,
  likes         int not null default 0,
  downloads     int not null default 0,
  views         int not null default 0,
  -- Comments with replies that are not hidden.
  comment_count int not null default 0,
  rating_sum    int not null default 0,
  rating_count  int not null default 0,
  -- The mean, for filters and lists; 0 where nobody rated.
  rating        real not null generated always as (case when rating_count > 0 then rating_sum::real / rating_count else 0 end) stored,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now()
) with (fillfactor = 70);
-- Searching reads many of these: they stay in the row, what only a reader needs may leave it.
alter table skills alter column words set storage main;
create index skills_recent on skills (created_at desc, id desc);
create index skills_author on skills (author, created_at desc, id desc);
create index skills_category on skills (category_key, created_at desc, id desc);
create index skills_rated on skills (rating desc, rating_count desc, id desc);
create index skills_downloaded on skills (downloads desc, id desc);
create index skills_shown on skills (category_key, visibility, is_hidden, author) include (category);
-- Without a list of what is to be added later, which every search would have to read through.
create index skills_words on skills using gin (words) with (fastupdate = off);

-- One row for each person who did it.
create table skill_likes (
  skill_id bigint not null,
  user_id  bigint not null,
  at       timestamptz not null,
  primary key (skill_id, user_id)
);
create index skill_likes_user on skill_likes (user_id, at desc, skill_id);
create table skill_downloads (
  skill_id bigint not null,
  user_id  bigint not null,
  at       timestamptz not null,
  primary key (skill_id, user_id)
);
create index skill_downloads_user on skill_downloads (user_id, at desc, skill_id);
create table skill_views (
  skill_id bigint not null,
  user_id  bigint not null,
  at       timestamptz not null,
  primary key (skill_id, user_id)
);
create index skill_views_user on skill_views (user_id, at desc, skill_id);

-- A rating of 0 counts as none: its row in the ledger is void. The words stay for when it is restored.
create table skill_ratings (
  skill_id bigint not null,
  user_id  bigint not null,
  rating   smallint not null check (rating between 0 and 5),
  review   text,
  at       timestamptz not null,
  primary key (skill_id, user_id)
);
create index skill_ratings_user on skill_ratings (user_id, at desc, skill_id);

-- Comments of any depth. root_id is the comment that answers the skill itself; null for such a one, as is parent_id.
create table skill_comments (
  id         bigint generated always as identity primary key,
  uuid       uuid not null unique default gen_random_uuid(),
  skill_id   bigint not null,
  author     bigint not null references users,
  parent_id  bigint,
  root_id    bigint,
  text       text not null,
  -- All that hang under it at any depth and are not hidden; kept for roots only.
  replies    int not null default 0,
  is_hidden  boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
) with (fillfactor = 85);
create index skill_comments_top on skill_comments (skill_id, created_at desc, id desc) where parent_id is null;
create index skill_comments_skill on skill_comments (skill_id);
create index skill_comments_thread on skill_comments (root_id, created_at, id) where root_id is not null;
create index skill_comments_parent on skill_comments (parent_id) where parent_id is not null;
create index skill_comments_author on skill_comments (author, id desc);

-- What people propose to do on a day of a skill. votes is the sum of all.
create table skill_tasks (
  id          bigint generated always as identity primary key,
  uuid        uuid not null unique default gen_random_uuid(),
  skill_id    bigint not null,
  author      bigint not null references users,
  day         int not null,
  title       text not null,
  description text not null,
  votes       int not null default 0,
  is_hidden   boolean not null default false,
  created_at  timestamptz not null default now()
) with (fillfactor = 85);
create index skill_tasks_day on skill_tasks (skill_id, day, votes desc, id);
create index skill_tasks_author on skill_tasks (author, id desc);

create table skill_task_votes (
  task_id bigint not null,
  user_id bigint not null,
  value   smallint not null check (value in (-1, 1)),
  at      timestamptz not null,
  primary key (task_id, user_id)
);
create index skill_task_votes_user on skill_task_votes (user_id);

-- Sums of skill_heat_at over what counts in the skill's counters; ratings from -1 (one star) to 1 (five).
create table skill_heat (
  skill_id  bigint primary key,
  views     double precision not null default 0,
  likes     double precision not null default 0,
  comments  double precision not null default 0,
  downloads double precision not null default 0,
  ratings   double precision not null default 0,
  heat      double precision not null generated always as (views + 3 * likes + 4 * comments + 5 * downloads + 4 * ratings) stored
) with (fillfactor = 70);
create index skill_heat_most on skill_heat (heat desc, skill_id desc);

-- Every word that a skill was ever found by: what a misspelt one may have been meant as. Never shown.
create table skill_words (
  word text primary key
);
create index skill_words_alike on skill_words using gin (word gin_trgm_ops);

-- What a person does not want to be recommended any more.
create table skill_skips (
  user_id  bigint not null,
  skill_id bigint not null,
  at       timestamptz not null default now(),
  primary key (user_id, skill_id)
);

-- Skills and tasks that are gone and what hung on them is still to be removed, a slice at a time. kind is the ledger's.
create table skill_purges (
  kind smallint not null,
  id   bigint not null,
  at   timestamptz not null default now(),
  primary key (kind, id)
);
