-- The ledger: append-only, partitioned by id. See ARCHITECTURE.md, "The ledger".
create table ledger (
  id          bigint generated always as identity (cache 1),
  at          timestamptz not null default clock_timestamp(),
  actor       bigint,
  object_id   bigint not null,
  subject     bigint,
  voids       bigint,
  tenant      int,
  group_id    int,
  course_id   int,
  campaign_id int,
  value       int,
  verb        smallint not null,
  object_kind smallint not null,
  detail      jsonb,
  primary key (id)
) partition by range (id);

create index ledger_actor on ledger (actor, id);
create index ledger_object on ledger (object_kind, object_id, id);
create index ledger_voids on ledger (voids, id) where voids is not null;

-- A writer takes a shared lock whose key is the sequence's value before it draws an id: see ledger_horizon.
-- 19525 tags these locks; no other advisory lock uses it.
create function ledger_fence() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared((19525::bigint << 48) | coalesce(pg_sequence_last_value('public.ledger_id_seq'), 0));
  return null;
end $$;
create trigger ledger_fence before insert on ledger for each statement execute function ledger_fence();

-- Every row up to the horizon is visible to a snapshot taken after this call. First the sequence, then the locks:
-- a writer not seen in the locks either locks later, so its ids are greater, or has ended and is visible.
create function ledger_horizon() returns bigint language plpgsql volatile as $$
declare hi bigint; lo bigint;
begin
  hi := coalesce(pg_sequence_last_value('public.ledger_id_seq'), 0);
  select min(((classid::bigint & 65535) << 32) | objid::bigint) into lo
    from pg_locks
   where locktype = 'advisory' and objsubid = 1 and classid::bigint >> 16 = 19525
     and database = (select oid from pg_database where datname = current_database());
  return least(hi, coalesce(lo, hi));
end $$;

-- Which ids a partition holds, and of which time: from_id inclusive, to_id exclusive.
create table ledger_parts (
  name     text primary key,
  from_id  bigint not null unique,
  to_id    bigint not null,
  month    date,
  check (from_id < to_id)
);

create table ledger_epoch (
  one   boolean primary key default true check (one),
  epoch uuid not null default gen_random_uuid()
);
insert into ledger_epoch default values;

-- How far a projection has applied the ledger. The row is updated in the transaction of the projection's own writes.
create table projections (
  name       text primary key,
  version    int not null,
  position   bigint not null default 0,
  rows       bigint not null default 0,
  updated_at timestamptz not null default now()
);

-- What must not count any more, and whether it counts again.
create table voids (
  id          bigint generated always as identity primary key,
  made_by     bigint not null,
  reason      text not null,
  rows        bigint not null default 0,
  created_at  timestamptz not null default now(),
  restored_by bigint,
  restored_at timestamptz
);

-- The first answer to a POST with an Idempotency-Key, stored in the write's own transaction; kept 24 hours.
create table idempotency_keys (
  caller     text not null,
  route      text not null,
  key        text not null,
  body_hash  bytea not null,
  status     smallint not null,
  headers    jsonb,
  body       bytea not null,
  created_at timestamptz not null default now(),
  primary key (caller, route, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

-- What leaves the database: mails, pushes, webhooks. key makes a second enqueueing of the same thing a no-op.
create table deliveries (
  id          bigint generated always as identity primary key,
  key         text not null unique,
  channel     text not null,
  state       text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'dead', 'cancelled')),
  payload     jsonb not null,
  attempts    int not null default 0,
  due_at      timestamptz not null default now(),
  leased_until timestamptz,
  last_error  text,
  created_at  timestamptz not null default now(),
  sent_at     timestamptz
);
create index deliveries_due on deliveries (due_at, id) where state in ('pending', 'sending');
create index deliveries_state on deliveries (state, id);
create index deliveries_done on deliveries (sent_at) where state = 'sent';
