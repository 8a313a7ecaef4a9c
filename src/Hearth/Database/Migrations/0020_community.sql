-- Groups and courses: who belongs to them, and a count of that.
create table groups (
  id           int generated always as identity primary key,
  owner        bigint not null references users,
  name         text not null,
  description  text not null default '',
  member_count int not null default 0,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now()
);
create table group_members (
  group_id int not null references groups on delete cascade,
  user_id  bigint not null references users,
  at       timestamptz not null default now(),
  primary key (group_id, user_id)
);
create index group_members_user on group_members (user_id, group_id);

create table courses (
  id           int generated always as identity primary key,
  owner        bigint not null references users,
  name         text not null,
  description  text not null default '',
  member_count int not null default 0,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now()
);
create table course_members (
  course_id int not null references courses on delete cascade,
  user_id   bigint not null references users,
  at        timestamptz not null default now(),
  primary key (course_id, user_id)
);
create index course_members_user on course_members (user_id, course_id);

-- Posts. Counters are columns, updated in the transaction of what they count; the *_base columns are what an import
-- brought as bare totals, and are contained in the counters. The fill factor keeps counter updates on their page.
create table posts (
  id            bigint generated always as identity primary key,
  author        bigint not null references users,
  title         text,
  content       text not null,
  -- A path below DATA_DIR/media.
  media         text,
  media_type    text check (media_type in ('image', 'video', 'audio')),
  group_id      int,
  course_id     int,
  campaign_id   int,
  views         int not null default 0,
  comment_count int not null default 0,
  -- Comments that answer the post itself; comment_count has replies too. Neither has hidden ones.
  thread_count  int not null default 0,
  like_count    int not null default 0,
  love_count    int not null default 0,
  haha_count    int not null default 0,
  sad_count     int not null default 0,
  shares        int not null default 0,
  bookmarks     int not null default 0,
  views_base    int not null default 0,
  like_base     int not null default 0,
  love_base     int not null default 0,
  is_hidden     boolean not null default false,
  imported_from text,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now()
) with (fillfactor = 75);
create index posts_recent on posts (created_at desc, id desc) include (is_hidden);
create index posts_author on posts (author, created_at desc, id desc) include (is_hidden);
create index posts_group on posts (group_id, created_at desc, id desc) include (is_hidden) where group_id is not null;
create index posts_course on posts (course_id, created_at desc, id desc) include (is_hidden) where course_id is not null;
create index posts_campaign on posts (campaign_id, created_at desc, id desc) include (is_hidden) where campaign_id is not null;
create index posts_hidden on posts (author, id) where is_hidden;
create index posts_media on posts (media) where media is not null;
create index posts_words on posts using gin (to_tsvector('simple', left(coalesce(title, '') || ' ' || content, 20000)));
create unique index posts_imported on posts (imported_from) where imported_from is not null;

-- How many posts a list has on each day (UTC): counts without a scan, and deep pages without walking to them.
-- list: 0 all (list_id 0), 1 of an author, 2 of a group, 3 of a course, 4 of a campaign.
create table post_days (
  list    smallint not null,
  list_id bigint not null,
  day     date not null,
  posts   int not null default 0,
  hidden  int not null default 0,
  primary key (list, list_id, day)
) with (fillfactor = 75);

-- Comments of any depth. root_id is the comment that answers the post itself; null for such a one, as is parent_id.
create table comments (
  id            bigint generated always as identity primary key,
  post_id       bigint not null,
  author        bigint not null references users,
  parent_id     bigint,
  root_id       bigint,
  text          text not null,
  media         text,
  media_type    text check (media_type in ('image', 'video', 'audio')),
  like_count    int not null default 0,
  love_count    int not null default 0,
  haha_count    int not null default 0,
  sad_count     int not null default 0,
  like_base     int not null default 0,
  love_base     int not null default 0,
  -- All that hang under it at any depth and are not hidden; kept for roots only.
  replies       int not null default 0,
  is_hidden     boolean not null default false,
  imported_from text,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now()
) with (fillfactor = 80);
create index comments_top on comments (post_id, created_at desc, id desc) where parent_id is null;
create index comments_post on comments (post_id, id);
create index comments_thread on comments (root_id, created_at, id) where root_id is not null;
create index comments_parent on comments (parent_id, id) where parent_id is not null;
create index comments_author on comments (author, id desc);
create index comments_media on comments (media) where media is not null;
create unique index comments_imported on comments (imported_from) where imported_from is not null;

-- One reaction of a person to an object. kind: 1 like, 2 love, 3 haha, 4 sad.
create table post_reactions (
  post_id bigint not null,
  user_id bigint not null,
  kind    smallint not null check (kind between 1 and 4),
  primary key (post_id, user_id)
) with (fillfactor = 90);
create table comment_reactions (
  comment_id bigint not null,
  user_id    bigint not null,
  kind       smallint not null check (kind between 1 and 4),
  primary key (comment_id, user_id)
) with (fillfactor = 90);

-- A person counts once per post, whenever they come again.
create table post_views (
  post_id bigint not null,
  user_id bigint not null,
  at      timestamptz not null,
  primary key (post_id, user_id)
);
-- The same by clock hour (UTC), for trends.
create table post_view_hours (
  post_id bigint not null,
  hour    timestamptz not null,
  views   int not null,
  primary key (post_id, hour)
) with (fillfactor = 75);
create index post_view_hours_recent on post_view_hours (hour, post_id);

create table post_bookmarks (
  post_id bigint not null,
  user_id bigint not null,
  at      timestamptz not null default now(),
  primary key (post_id, user_id)
);
create index post_bookmarks_user on post_bookmarks (user_id, at desc, post_id desc);

create table post_shares (
  post_id bigint not null,
  user_id bigint not null,
  at      timestamptz not null default now(),
  primary key (post_id, user_id)
);

-- Who is named in a text, found when it is written. object_kind is the ledger's: 2 post, 3 comment.
create table mentions (
  id          bigint generated always as identity primary key,
  object_kind smallint not null,
  object_id   bigint not null,
  post_id     bigint not null,
  author      bigint not null,
  user_id     bigint not null,
  -- The words around the name.
  context     text not null,
  created_at  timestamptz not null default now(),
  unique (object_kind, object_id, user_id)
);
create index mentions_user on mentions (user_id, id desc);
create index mentions_post on mentions (post_id);

-- Posts that are gone and whose reactions, views and bookmarks are still to be removed, a slice at a time.
create table post_purges (
  post_id bigint primary key,
  at      timestamptz not null default now()
);
