-- Rings: people who give each other an implausible share of their reactions. What is found is a report of the kind 21; its
-- owner is 0, for a ring has several.
create table rings (
  id          bigint generated always as identity primary key,
  uuid        uuid not null unique default gen_random_uuid(),
  -- Of which time the figures are: since is the first moment whose reactions are taken back by a decision.
  since       timestamptz not null,
  until       timestamptz not null,
  inside      int not null,
  given       int not null,
  expected    float8 not null,
  lift        float8 not null,
  density     float8 not null,
  reciprocity float8 not null,
  -- What is decided about their reactions to each other: the void that holds them, whether it shall hold them, and whether it does as it shall.
  void_id     bigint,
  void_until  timestamptz,
  voided      boolean not null default false,
  settled     boolean not null default true
);
create index rings_unsettled on rings (id) where not settled;

create table ring_members (
  ring_id         bigint not null references rings,
  user_id         bigint not null,
  inside_given    int not null,
  inside_received int not null,
  given           int not null,
  received        int not null,
  -- By the decision about the ring.
  suspended       boolean not null default false,
  primary key (ring_id, user_id)
);
create index ring_members_user on ring_members (user_id);
create index reports_ring on reports (object_id) where object_kind = 21;
