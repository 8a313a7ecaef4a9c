-- Who follows whom, who keeps whom away, and how many there are of the first.
create table follows (
  follower bigint not null references users,
  followed bigint not null references users,
  at       timestamptz not null default now(),
  primary key (follower, followed),
  check (follower <> followed)
);
create index follows_followers on follows (followed, at desc, follower desc);
create index follows_following on follows (follower, at desc, followed desc);

create table follow_counts (
  user_id   bigint primary key references users,
  followers int not null default 0,
  following int not null default 0
) with (fillfactor = 75);

create table blocks (
  blocker bigint not null references users,
  blocked bigint not null references users,
  at      timestamptz not null default now(),
  primary key (blocker, blocked),
  check (blocker <> blocked)
);
create index blocks_blocked on blocks (blocked, blocker);
