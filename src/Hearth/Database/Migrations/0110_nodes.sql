-- The nodes that run, and who is connected to each. A node that has not been seen for a while has died, and its people have gone.
create table nodes (
  id          uuid primary key,
  name        text not null,
  started_at  timestamptz not null default now(),
  seen_at     timestamptz not null default now(),
  web_sockets int not null default 0,
  socket_ios  int not null default 0,
  people      int not null default 0,
  rooms       int not null default 0,
  events      bigint not null default 0
);

create table presence (
  user_id bigint not null,
  node    uuid not null references nodes on delete cascade,
  since   timestamptz not null default now(),
  primary key (user_id, node)
);
create index presence_node on presence (node);

-- The skills that trended when they were last looked at: when it is others, that is told.
create table skill_trends (
  rank     int primary key,
  skill_id bigint not null
);
