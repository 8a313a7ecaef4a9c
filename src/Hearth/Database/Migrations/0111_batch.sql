-- What happened to a skill on a day (UTC), summed from the ledger by a batch job up to the cursor. A like that is taken back counts on its own day.
create table skill_days (
  skill_id   bigint not null,
  day        date not null,
  views      int not null default 0,
  likes      int not null default 0,
  downloads  int not null default 0,
  comments   int not null default 0,
  ratings    int not null default 0,
  rating_sum int not null default 0,
  primary key (skill_id, day)
);
create table skill_days_cursor (
  one   boolean primary key default true check (one),
  up_to bigint not null
);
insert into skill_days_cursor (up_to) values (0);

-- The community's figures as a batch job found them, for charts of how they grew.
create table community_metrics (
  at           timestamptz primary key,
  users        bigint not null,
  active_users int not null,
  posts        int not null,
  comments     bigint not null,
  engagements  int not null,
  health       double precision not null
);

-- Until when an author was told by mail how their skills did.
create table skill_summaries (
  user_id bigint primary key references users,
  until   timestamptz not null
);
