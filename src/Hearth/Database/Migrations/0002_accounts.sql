-- People. The integer is for contracts that show one, the uuid for those that show that.
create table tenants (
  id              uuid primary key default gen_random_uuid(),
  number          int generated always as identity unique,
  name            text not null,
  webhook_secret  text not null,
  previous_secret text,
  previous_until  timestamptz,
  time_zone       text not null default 'UTC',
  created_at      timestamptz not null default now()
);

create table users (
  id             bigint generated always as identity primary key,
  uuid           uuid not null unique default gen_random_uuid(),
  username       text not null,
  username_key   text not null unique,
  email          text,
  email_key      text unique,
  email_verified boolean not null default false,
  display_name   text not null,
  profile_photo  text,
  bio            text not null default '',
  password_hash  text,
  -- A set of bits: 1 individual, 2 facilitator, 4 corporate, 8 moderator, 16 admin.
  roles          int not null default 1,
  tenant_id      uuid references tenants,
  is_active      boolean not null default true,
  -- Raised by whatever ends every session: a logout everywhere, a suspension, a new password. Access tokens name it.
  version        int not null default 1,
  show_email     boolean not null default false,
  is_private     boolean not null default false,
  time_zone      text,
  imported_from  text,
  created_at     timestamptz not null default now()
);
-- Administrators search by the beginning of a name or address.
create index users_username_start on users (username_key text_pattern_ops);
create index users_email_start on users (email_key text_pattern_ops);
create unique index users_imported on users (imported_from) where imported_from is not null;

create table refresh_families (
  id         uuid primary key default gen_random_uuid(),
  user_id    bigint not null references users,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);
create index refresh_families_user on refresh_families (user_id);

create table refresh_tokens (
  hash        bytea primary key,
  family_id   uuid not null references refresh_families,
  expires_at  timestamptz not null,
  used_at     timestamptz,
  -- What the first use answered, for a second tab that uses the same token within ten seconds; sealed with the server's key.
  answer      bytea
);
create index refresh_tokens_family on refresh_tokens (family_id);
create index refresh_tokens_answers on refresh_tokens (used_at) where answer is not null;
create index refresh_tokens_expiry on refresh_tokens (expires_at);

-- One-time tokens sent by mail.
create table account_tokens (
  hash       bytea primary key,
  user_id    bigint not null references users,
  purpose    text not null check (purpose in ('verify_email', 'reset_password')),
  expires_at timestamptz not null,
  used_at    timestamptz
);
create index account_tokens_user on account_tokens (user_id);
create index account_tokens_expiry on account_tokens (expires_at);

create table service_tokens (
  id         bigint generated always as identity primary key,
  hash       bytea not null unique,
  name       text not null,
  scopes     text[] not null,
  tenant_id  uuid references tenants,
  created_by bigint not null references users,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);

-- Who did what with accounts, roles, tenants and tokens; ids only.
create table audit (
  id         bigint generated always as identity primary key,
  actor      bigint,
  action     text not null,
  target     text,
  detail     jsonb,
  created_at timestamptz not null default now()
);
