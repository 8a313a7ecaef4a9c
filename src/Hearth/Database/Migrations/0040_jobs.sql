-- A channel finds its own due rows without walking through another's backlog.
drop index deliveries_due;
create index deliveries_due on deliveries (channel, due_at, id) where state in ('pending', 'sending');

-- One row per scheduled job: when it runs next, and how its last run went. Written by the node that holds the job's lock.
create table jobs (
  name        text primary key,
  period      interval not null,
  -- Whether stopping batch processing stops it.
  batch       boolean not null,
  paused      boolean not null default false,
  runs        bigint not null default 0,
  next_run_at timestamptz not null,
  last_run_at timestamptz,
  duration_ms bigint,
  outcome     text check (outcome in ('succeeded', 'failed', 'stopped')),
  message     text
);
