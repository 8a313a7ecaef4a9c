-- What people do with content that lies elsewhere: films, articles, exercises.
create table contents (
  id          bigint generated always as identity primary key,
  title       text not null,
  type        text not null,
  -- What its owner calls it; a request may name it by this or by the id.
  external_id text unique,
  url         text,
  created_at  timestamptz not null default now()
);
create index contents_type on contents (type, id);

-- One row for each person, content and type. type: 1 view, 2 like, 3 dislike, 4 save, 5 share, 6 skip, 7 play, 8 complete, 9 rate.
-- What people feel and write is here and nowhere else; what is void stays for when it is restored, and counts for nobody.
create table interactions (
  user_id        bigint not null,
  type           smallint not null check (type between 1 and 9),
  content_id     bigint not null,
  id             bigint generated always as identity,
  value          int check (value between 1 and 10),
  mood           text,
  intensity      int check (intensity between 1 and 10),
  seconds        int check (seconds >= 0),
  context        text,
  notes          text,
  by_external_id boolean not null,
  standing       boolean not null default true,
  -- When it first happened, and when it last did: a late event does not take a newer one's place.
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  primary key (user_id, type, content_id)
) with (fillfactor = 90);
create index interactions_time on interactions (user_id, created_at, id);
create index interactions_content on interactions (content_id, type, user_id);

-- How many of a person's rows count. Whoever changes a person's interactions holds this row.
create table interaction_people (
  user_id bigint primary key,
  n       bigint not null default 0
) with (fillfactor = 70);

-- The same by day (UTC) of created_at and type, with the time spent: seconds is the sum over timed rows.
create table interaction_days (
  user_id bigint not null,
  day     date not null,
  type    smallint not null,
  n       bigint not null,
  seconds bigint not null,
  timed   bigint not null,
  primary key (user_id, type, day)
) with (fillfactor = 80);

-- What last happened before this is removed: the deployment's retention.
create table interaction_retention (
  one boolean primary key default true check (one),
  cut timestamptz not null
);
