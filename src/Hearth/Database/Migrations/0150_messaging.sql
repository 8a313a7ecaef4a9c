-- Messaging. Everything belongs to a tenant: its number begins each key, and each reference between tables carries it along,
-- so that a row cannot even name another tenant's.
create table contacts (
  tenant       int not null references tenants (number),
  id           bigint generated always as identity,
  uuid         uuid not null default gen_random_uuid(),
  name         text not null,
  phone        text,
  email        text,
  tags         text[] not null default '{}',
  -- The contact that this one counts as since they were merged; it is never itself merged.
  merged_into  bigint,
  opted_out_at timestamptz,
  -- The person behind it, by that person's own consent.
  user_id      bigint references users,
  created_at   timestamptz not null,
  primary key (tenant, id),
  foreign key (tenant, merged_into) references contacts (tenant, id)
);
create unique index contacts_uuid on contacts (tenant, uuid);
create unique index contacts_phone on contacts (tenant, phone) where phone is not null;
create unique index contacts_email on contacts (tenant, lower(email)) where email is not null;
create index contacts_merged on contacts (tenant, merged_into) where merged_into is not null;
create unique index contacts_user on contacts (tenant, user_id) where user_id is not null;
create index contacts_person on contacts (user_id) where user_id is not null;
create index contacts_name on contacts (tenant, lower(name) text_pattern_ops);
create index contacts_tags on contacts using gin (tags);

-- Whom a tenant's live events go to.
create index users_tenant on users (tenant_id) where tenant_id is not null;

create table contact_merges (
  tenant    int not null,
  id        bigint generated always as identity,
  uuid      uuid not null default gen_random_uuid(),
  kept      bigint not null,
  merged    bigint not null,
  -- Those that counted as the merged one until then, and itself.
  members   bigint[] not null,
  actor     bigint not null,
  merged_at timestamptz not null,
  undone_at timestamptz,
  primary key (tenant, id),
  foreign key (tenant, kept) references contacts (tenant, id),
  foreign key (tenant, merged) references contacts (tenant, id)
);
create unique index contact_merges_uuid on contact_merges (tenant, uuid);

-- An import: its good rows wait in "rows" and are taken in chunks, so that it goes on after a crash where it stood.
create table contact_imports (
  tenant     int not null references tenants (number),
  id         bigint generated always as identity,
  uuid       uuid not null default gen_random_uuid(),
  total      int not null,
  done       int not null default 0,
  added      int not null default 0,
  known      int not null default 0,
  invalid    int not null default 0,
  errors     jsonb not null default '[]',
  rows       jsonb not null,
  actor      bigint not null,
  created_at timestamptz not null,
  ended_at   timestamptz,
  primary key (tenant, id)
);
create unique index contact_imports_uuid on contact_imports (tenant, uuid);

-- A code that a tenant hands to a contact; whoever signs in and uses it consents to be linked.
create table contact_invitations (
  tenant     int not null,
  code_hash  bytea primary key,
  contact    bigint not null,
  expires_at timestamptz not null,
  foreign key (tenant, contact) references contacts (tenant, id)
);

create table conversations (
  tenant     int not null references tenants (number),
  id         bigint generated always as identity,
  uuid       uuid not null default gen_random_uuid(),
  contact    bigint not null,
  subject    text not null,
  channel    text not null check (channel in ('email', 'webhook', 'sandbox')),
  open       boolean not null default true,
  assignee   bigint references users,
  -- The contact has written in it.
  replied    boolean not null default false,
  -- The last message is the contact's.
  waiting    boolean not null default false,
  last_at    timestamptz not null,
  created_at timestamptz not null,
  primary key (tenant, id),
  foreign key (tenant, contact) references contacts (tenant, id)
);
create unique index conversations_uuid on conversations (tenant, uuid);
create index conversations_last on conversations (tenant, last_at desc, id desc);
create index conversations_state on conversations (tenant, open, last_at desc, id desc);
create index conversations_assignee on conversations (assignee, tenant, last_at desc, id desc) where assignee is not null;
create index conversations_contact on conversations (tenant, contact, id desc);

create table templates (
  tenant     int not null references tenants (number),
  id         bigint generated always as identity,
  uuid       uuid not null default gen_random_uuid(),
  name       text not null,
  category   text not null,
  language   text not null,
  channel    text not null,
  -- The latest version, and the latest that was approved.
  version    int not null default 1,
  approved   int,
  created_at timestamptz not null,
  primary key (tenant, id)
);
create unique index templates_uuid on templates (tenant, uuid);

create table template_versions (
  tenant     int not null,
  template   bigint not null,
  version    int not null,
  body       text not null,
  status     text not null default 'draft' check (status in ('draft', 'submitted', 'approved', 'rejected')),
  reason     text,
  author     bigint not null,
  decided_by bigint,
  decided_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant, template, version),
  foreign key (tenant, template) references templates (tenant, id)
);

-- A campaign of a tenant to its contacts. Its counters are those of its messages, and change with them.
create table mailings (
  tenant     int not null references tenants (number),
  id         bigint generated always as identity,
  uuid       uuid not null default gen_random_uuid(),
  name       text not null,
  template   bigint not null,
  channel    text not null check (channel in ('email', 'webhook', 'sandbox')),
  audience   jsonb not null,
  status     text not null default 'draft' check (status in ('draft', 'running', 'paused', 'cancelled', 'completed')),
  -- The template's version that is sent, since the start.
  version    int,
  -- Raised by each start and resume: deliveries of an earlier run send nothing.
  run        int not null default 0,
  total      int not null default 0,
  pending    int not null default 0,
  sent       int not null default 0,
  delivered  int not null default 0,
  read       int not null default 0,
  failed     int not null default 0,
  uncertain  int not null default 0,
  skipped    int not null default 0,
  actor      bigint not null,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at   timestamptz,
  primary key (tenant, id),
  foreign key (tenant, template) references templates (tenant, id)
);
create unique index mailings_uuid on mailings (tenant, uuid);
create index mailings_completed on mailings (tenant) include (sent, delivered) where status = 'completed';

-- Status: 1 queued, 2 sending, 3 sent, 4 delivered, 5 read, 6 failed, 7 uncertain, 8 skipped, 9 received.
create table messages (
  tenant       int not null references tenants (number),
  id           bigint generated always as identity,
  uuid         uuid not null default gen_random_uuid(),
  contact      bigint not null,
  conversation bigint,
  mailing      bigint,
  status       smallint not null,
  incoming     boolean not null default false,
  channel      text not null,
  -- Null for a campaign's: its template has the text.
  body         text,
  author       bigint,
  external_id  text,
  reason       text,
  -- The delivery that is sending it.
  delivery     bigint,
  created_at   timestamptz not null,
  sent_at      timestamptz,
  delivered_at timestamptz,
  primary key (tenant, id),
  foreign key (tenant, contact) references contacts (tenant, id),
  foreign key (tenant, conversation) references conversations (tenant, id),
  foreign key (tenant, mailing) references mailings (tenant, id)
);
create unique index messages_uuid on messages (tenant, uuid);
create index messages_conversation on messages (tenant, conversation, id) where conversation is not null;
-- A campaign reaches each contact at most once.
create unique index messages_mailing on messages (tenant, mailing, contact) where mailing is not null;
create index messages_mailing_id on messages (tenant, mailing, id) where mailing is not null;
create index messages_contact on messages (tenant, contact, id);
create unique index messages_external on messages (tenant, channel, external_id) where external_id is not null;

-- What a tenant chose, and when its next message may leave.
create table messaging_settings (
  tenant          int primary key references tenants (number),
  bridge_url      text,
  rate_per_minute int not null default 300000,
  next_at         timestamptz not null default '-infinity'
);

-- A tenant's days, in its own time zone, spread over a few slots so that those who write at once do not wait for each other.
-- "delivered" counts by the day of sending; "open" is by how many more conversations were opened than closed.
create table messaging_days (
  tenant        int not null references tenants (number),
  day           date not null,
  slot          smallint not null,
  sent          int not null default 0,
  received      int not null default 0,
  delivered     int not null default 0,
  conversations int not null default 0,
  replied       int not null default 0,
  open          int not null default 0,
  campaigns     int not null default 0,
  primary key (tenant, day, slot)
);

-- Type: 1 conversation_reply, 2 campaign_completed, 3 contact_added, 4 template_approved, 5 campaign_started, 6 contacts_added.
create table messaging_activities (
  tenant   int not null references tenants (number),
  id       bigint generated always as identity,
  uuid     uuid not null default gen_random_uuid(),
  type     smallint not null,
  at       timestamptz not null,
  -- The clock hour whose new contacts it tells of, how many they are, and the first five.
  hour     timestamptz,
  count    int not null default 1,
  contacts uuid[],
  -- The id of the message, campaign or template.
  object   bigint,
  actor    bigint,
  primary key (tenant, id)
);
create unique index messaging_activities_hour on messaging_activities (tenant, hour) where hour is not null;
create index messaging_activities_at on messaging_activities (tenant, at desc, id desc);
create index messaging_activities_type on messaging_activities (tenant, type, at desc, id desc);

create table messaging_activity_counts (
  tenant int not null references tenants (number),
  type   smallint not null,
  slot   smallint not null,
  count  bigint not null default 0,
  primary key (tenant, type, slot)
);
