-- What a person wants to hear, and how. Types are sets of bits; a person without a row hears everything.
create table notification_preferences (
  user_id      bigint primary key references users,
  in_app_off   int not null default 0,
  email_off    int not null default 0,
  push_off     int not null default 0,
  -- 0 off: a mail for each; 1 a mail a day; 2 a mail a week.
  digest       smallint not null default 0 check (digest between 0 and 2),
  -- What happened until then has been in a digest, or was before there were any.
  digest_until timestamptz,
  quiet_from   time,
  quiet_to     time,
  time_zone    text
);
create index notification_preferences_digest on notification_preferences (user_id) where digest > 0;

-- Where a browser takes pushes, and its keys.
create table push_subscriptions (
  id         bigint generated always as identity primary key,
  user_id    bigint not null references users,
  endpoint   text not null unique,
  p256dh     bytea not null,
  auth       bytea not null,
  created_at timestamptz not null default now()
);
create index push_subscriptions_user on push_subscriptions (user_id);

-- The keys that mails and pushes are signed with; made once, by the first node that needs them.
create table notification_keys (
  one           boolean primary key default true check (one),
  push_private  bytea not null,
  push_public   bytea not null,
  unsubscribe   bytea not null
);
