-- What people and rules report, what moderators decide, and the rules themselves.
create table reports (
  id          bigint generated always as identity primary key,
  uuid        uuid not null unique default gen_random_uuid(),
  object_kind smallint not null,
  object_id   bigint not null,
  -- As the contract names the object: a number for posts and comments, else a UUID.
  content_id  text not null,
  owner       bigint not null,
  -- null: a rule reported it, or the scorer.
  reporter    bigint,
  source      text,
  reason      text not null,
  details     text,
  severity    smallint not null,
  priority    smallint not null,
  status      text not null default 'open' check (status in ('open', 'appealed', 'resolved')),
  claimed_by  bigint,
  claimed_at  timestamptz,
  -- Of what is decided. hid: the object is hidden by it, so that a dismissal shows it again.
  action      text,
  note        text,
  decided_by  bigint,
  decided_at  timestamptz,
  hid         boolean not null default false,
  appeal      text,
  appealed_at timestamptz,
  created_at  timestamptz not null default now()
);
-- One open report of each person about an object.
create unique index reports_once on reports (object_kind, object_id, reporter) where status = 'open' and reporter is not null;
create unique index reports_once_by_rule on reports (object_kind, object_id, source) where status = 'open' and reporter is null;
create index reports_queue on reports (priority desc, id) where status <> 'resolved';
create index reports_object on reports (object_kind, object_id) where status <> 'resolved';
create index reports_reporter on reports (reporter, id desc);
create index reports_decided on reports (decided_at desc, id desc) where status = 'resolved';
create index reports_owner on reports (owner, decided_at desc) where action is not null and action <> 'dismiss';
create index reports_created on reports (created_at);

-- How often a person's reports were upheld and dismissed: who reports well is heard louder.
create table reporters (
  user_id   bigint primary key,
  upheld    int not null default 0,
  dismissed int not null default 0
);

-- The audit trail of a report.
create table moderation_actions (
  id        bigint generated always as identity primary key,
  report_id bigint not null references reports,
  actor     bigint not null,
  action    text not null,
  note      text,
  at        timestamptz not null default now()
);
create index moderation_actions_report on moderation_actions (report_id, id);

create table moderation_rules (
  id            uuid primary key default gen_random_uuid(),
  name          text not null,
  keywords      text[] not null,
  pattern       text,
  content_types smallint[] not null,
  action        text not null check (action in ('flag', 'hide', 'reject')),
  severity      smallint not null check (severity between 1 and 5),
  is_active     boolean not null default true,
  matches       bigint not null default 0,
  made_by       bigint not null,
  created_at    timestamptz not null default now()
);
