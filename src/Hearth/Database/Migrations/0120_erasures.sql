-- Erased accounts: who asked for what, and what was done. The account's row stays, with nothing in it: ids lead to it.
create table erasures (
  id uuid primary key default gen_random_uuid(),
  user_id bigint not null unique references users (id),
  mode text not null check (mode in ('anonymise', 'remove')),
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  -- Looked through once more, for what was under way while it ran.
  swept_at timestamptz
);
create index erasures_open on erasures (started_at) where swept_at is null;

create table erasure_stores (
  erasure uuid not null references erasures (id),
  store text not null,
  done text not null,
  rows bigint not null,
  at timestamptz not null default now(),
  primary key (erasure, store, done)
);

-- What an erasure took out of all counts does not come back.
alter table voids add column is_final boolean not null default false;

-- An import must not bring back whom it once brought, and who left.
create trigger import_erased after update on users for each row
  when (old.imported_from is not null and new.imported_from is null) execute function import_gone();
