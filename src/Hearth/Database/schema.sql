-- The whole schema, as the migrations make it. Written by `make schema`; a test keeps it true. Do not edit.

set check_function_bodies = off;

CREATE OR REPLACE FUNCTION public.import_gone()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into import_gone values (old.imported_from) on conflict do nothing;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.ledger_fence()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_advisory_xact_lock_shared((19525::bigint << 48) | coalesce(pg_sequence_last_value('public.ledger_id_seq'), 0));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.ledger_horizon()
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
declare hi bigint; lo bigint;
begin
  hi := coalesce(pg_sequence_last_value('public.ledger_id_seq'), 0);
  select min(((classid::bigint & 65535) << 32) | objid::bigint) into lo
    from pg_locks
   where locktype = 'advisory' and objsubid = 1 and classid::bigint >> 16 = 19525
     and database = (select oid from pg_database where datname = current_database());
  return least(hi, coalesce(lo, hi));
end $function$;

create table account_tokens (
  hash bytea not null,
  user_id bigint not null,
  purpose text not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint account_tokens_pkey PRIMARY KEY (hash),
  constraint account_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['verify_email'::text, 'reset_password'::text])))
);

create table audit (
  id bigint generated always as identity not null,
  actor bigint,
  action text not null,
  target text,
  detail jsonb,
  created_at timestamp with time zone default now() not null,
  constraint audit_pkey PRIMARY KEY (id)
);

create table blocks (
  blocker bigint not null,
  blocked bigint not null,
  at timestamp with time zone default now() not null,
  constraint blocks_pkey PRIMARY KEY (blocker, blocked),
  constraint blocks_check CHECK ((blocker <> blocked))
);

create table comment_reactions (
  comment_id bigint not null,
  user_id bigint not null,
  kind smallint not null,
  constraint comment_reactions_pkey PRIMARY KEY (comment_id, user_id),
  constraint comment_reactions_kind_check CHECK (((kind >= 1) AND (kind <= 4)))
) with (fillfactor=90);

create table comments (
  id bigint generated always as identity not null,
  post_id bigint not null,
  author bigint not null,
  parent_id bigint,
  root_id bigint,
  text text not null,
  media text,
  media_type text,
  like_count integer default 0 not null,
  love_count integer default 0 not null,
  haha_count integer default 0 not null,
  sad_count integer default 0 not null,
  like_base integer default 0 not null,
  love_base integer default 0 not null,
  replies integer default 0 not null,
  is_hidden boolean default false not null,
  imported_from text,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint comments_pkey PRIMARY KEY (id),
  constraint comments_media_type_check CHECK ((media_type = ANY (ARRAY['image'::text, 'video'::text, 'audio'::text])))
) with (fillfactor=80);

create table course_members (
  course_id integer not null,
  user_id bigint not null,
  at timestamp with time zone default now() not null,
  constraint course_members_pkey PRIMARY KEY (course_id, user_id)
);

create table courses (
  id integer generated always as identity not null,
  owner bigint not null,
  name text not null,
  description text default ''::text not null,
  member_count integer default 0 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  imported_from text,
  constraint courses_pkey PRIMARY KEY (id)
);

create table deliveries (
  id bigint generated always as identity not null,
  key text not null,
  channel text not null,
  state text default 'pending'::text not null,
  payload jsonb not null,
  attempts integer default 0 not null,
  due_at timestamp with time zone default now() not null,
  leased_until timestamp with time zone,
  last_error text,
  created_at timestamp with time zone default now() not null,
  sent_at timestamp with time zone,
  constraint deliveries_pkey PRIMARY KEY (id),
  constraint deliveries_key_key UNIQUE (key),
  constraint deliveries_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'sending'::text, 'sent'::text, 'dead'::text, 'cancelled'::text])))
);

create table drift_checks (
  name text not null,
  rows bigint not null,
  differences bigint not null,
  examples text[] not null,
  checked_at timestamp with time zone not null,
  constraint drift_checks_pkey PRIMARY KEY (name)
);

create table engagement_actions (
  actor bigint not null,
  object_id bigint not null,
  target bigint not null,
  id bigint not null,
  at timestamp with time zone not null,
  subject bigint,
  post_id bigint,
  post_author bigint,
  group_id integer,
  course_id integer,
  campaign_id integer,
  verb smallint not null,
  object_kind smallint not null,
  constraint engagement_actions_pkey PRIMARY KEY (actor, verb, object_id, target, object_kind)
);

create table engagement_badge_rules (
  badge integer not null,
  id bigint not null,
  verb smallint not null,
  count integer not null,
  days integer,
  constraint engagement_badge_rules_pkey PRIMARY KEY (badge)
);

create table engagement_badges (
  user_id bigint not null,
  awarded_at timestamp with time zone not null,
  id bigint not null,
  badge integer not null,
  constraint engagement_badges_pkey PRIMARY KEY (user_id, badge)
);

create table engagement_changes (
  id bigint not null,
  at timestamp with time zone not null,
  action_id bigint not null,
  action_at timestamp with time zone not null,
  actor bigint not null,
  subject bigint,
  own_points integer not null,
  received_points integer not null,
  sign smallint not null,
  verb smallint not null
);

create table engagement_days (
  scope_id bigint not null,
  day date not null,
  scope smallint not null,
  likes integer not null,
  comment_likes integer not null,
  comments integer not null,
  replies integer not null,
  mentions integer not null,
  joins integer not null,
  views integer not null,
  shares integer not null,
  bookmarks integer not null,
  posts integer not null,
  clicks integer not null,
  conversions integer not null,
  engagements integer not null,
  constraint engagement_days_pkey PRIMARY KEY (scope, scope_id, day)
) with (fillfactor=75);

create table engagement_objects (
  object_id bigint not null,
  owner bigint not null,
  engaged integer not null,
  object_kind smallint not null,
  constraint engagement_objects_pkey PRIMARY KEY (object_kind, object_id)
) with (fillfactor=85);

create table engagement_pairs (
  earner bigint not null,
  giver bigint not null,
  points integer not null,
  day date not null,
  constraint engagement_pairs_pkey PRIMARY KEY (earner, giver, day)
) with (fillfactor=85);

create table engagement_participants (
  course_id bigint not null,
  user_id bigint not null,
  day date not null,
  actions integer not null,
  constraint engagement_participants_pkey PRIMARY KEY (course_id, day, user_id)
) with (fillfactor=85);

create table engagement_points (
  user_id bigint not null,
  day date not null,
  points integer not null,
  constraint engagement_points_pkey PRIMARY KEY (user_id, day)
) with (fillfactor=85);

create table engagement_rules (
  version integer not null,
  id bigint not null,
  effective_from timestamp with time zone not null,
  body jsonb not null,
  constraint engagement_rules_pkey PRIMARY KEY (version)
);

create table engagement_taken_back (
  actor bigint not null,
  object_id bigint not null,
  target bigint not null,
  id bigint not null,
  ended bigint not null,
  at timestamp with time zone not null,
  subject bigint,
  verb smallint not null,
  object_kind smallint not null,
  constraint engagement_taken_back_pkey PRIMARY KEY (id)
);

create table engagement_totals (
  scope_id bigint not null,
  scope smallint not null,
  likes integer not null,
  comment_likes integer not null,
  comments integer not null,
  replies integer not null,
  mentions integer not null,
  joins integer not null,
  views integer not null,
  shares integer not null,
  bookmarks integer not null,
  posts integer not null,
  clicks integer not null,
  conversions integer not null,
  engagements integer not null,
  reach integer not null,
  constraint engagement_totals_pkey PRIMARY KEY (scope, scope_id)
) with (fillfactor=50);

create table engagement_users (
  user_id bigint not null,
  id bigint not null,
  at timestamp with time zone not null,
  score integer not null,
  likes integer not null,
  comment_likes integer not null,
  comments integer not null,
  replies integer not null,
  mentions integer not null,
  joins integer not null,
  views integer not null,
  shares integer not null,
  bookmarks integer not null,
  posts integer not null,
  groups_founded integer not null,
  likes_received integer not null,
  mentions_received integer not null,
  followers integer not null,
  views_received integer not null,
  helpful integer not null,
  voiced integer not null,
  constraint engagement_users_pkey PRIMARY KEY (user_id)
) with (fillfactor=75);

create table engagement_viewers (
  scope_id bigint not null,
  user_id bigint not null,
  posts integer not null,
  scope smallint not null,
  constraint engagement_viewers_pkey PRIMARY KEY (scope, scope_id, user_id)
) with (fillfactor=85);

create table follow_counts (
  user_id bigint not null,
  followers integer default 0 not null,
  following integer default 0 not null,
  constraint follow_counts_pkey PRIMARY KEY (user_id)
) with (fillfactor=75);

create table follows (
  follower bigint not null,
  followed bigint not null,
  at timestamp with time zone default now() not null,
  constraint follows_pkey PRIMARY KEY (follower, followed),
  constraint follows_check CHECK ((follower <> followed))
);

create table group_members (
  group_id integer not null,
  user_id bigint not null,
  at timestamp with time zone default now() not null,
  constraint group_members_pkey PRIMARY KEY (group_id, user_id)
);

create table groups (
  id integer generated always as identity not null,
  owner bigint not null,
  name text not null,
  description text default ''::text not null,
  member_count integer default 0 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  imported_from text,
  constraint groups_pkey PRIMARY KEY (id)
);

create table idempotency_keys (
  caller text not null,
  route text not null,
  key text not null,
  body_hash bytea not null,
  status smallint not null,
  headers jsonb,
  body bytea not null,
  created_at timestamp with time zone default now() not null,
  constraint idempotency_keys_pkey PRIMARY KEY (caller, route, key)
);

create table import_gone (
  imported_from text not null,
  constraint import_gone_pkey PRIMARY KEY (imported_from)
);

create table jobs (
  name text not null,
  period interval not null,
  batch boolean not null,
  paused boolean default false not null,
  runs bigint default 0 not null,
  next_run_at timestamp with time zone not null,
  last_run_at timestamp with time zone,
  duration_ms bigint,
  outcome text,
  message text,
  constraint jobs_pkey PRIMARY KEY (name),
  constraint jobs_outcome_check CHECK ((outcome = ANY (ARRAY['succeeded'::text, 'failed'::text, 'stopped'::text])))
);

create table ledger (
  id bigint generated always as identity not null,
  at timestamp with time zone default clock_timestamp() not null,
  actor bigint,
  object_id bigint not null,
  subject bigint,
  voids bigint,
  tenant integer,
  group_id integer,
  course_id integer,
  campaign_id integer,
  value integer,
  verb smallint not null,
  object_kind smallint not null,
  detail jsonb,
  constraint ledger_pkey PRIMARY KEY (id)
) partition by range (id);

create table ledger_epoch (
  one boolean default true not null,
  epoch uuid default gen_random_uuid() not null,
  constraint ledger_epoch_pkey PRIMARY KEY (one),
  constraint ledger_epoch_one_check CHECK (one)
);

create table ledger_parts (
  name text not null,
  from_id bigint not null,
  to_id bigint not null,
  month date,
  constraint ledger_parts_pkey PRIMARY KEY (name),
  constraint ledger_parts_check CHECK ((from_id < to_id)),
  constraint ledger_parts_from_id_key UNIQUE (from_id)
);

create table mentions (
  id bigint generated always as identity not null,
  object_kind smallint not null,
  object_id bigint not null,
  post_id bigint not null,
  author bigint not null,
  user_id bigint not null,
  context text not null,
  created_at timestamp with time zone default now() not null,
  constraint mentions_pkey PRIMARY KEY (id),
  constraint mentions_object_kind_object_id_user_id_key UNIQUE (object_kind, object_id, user_id)
);

create table notification_keys (
  one boolean default true not null,
  push_private bytea not null,
  push_public bytea not null,
  unsubscribe bytea not null,
  constraint notification_keys_pkey PRIMARY KEY (one),
  constraint notification_keys_one_check CHECK (one)
);

create table notification_marks (
  user_id bigint not null,
  object_kind smallint not null,
  object_id bigint not null,
  class smallint not null,
  id bigint not null,
  read_to bigint default 0 not null,
  deleted_to bigint default 0 not null,
  constraint notification_marks_pkey PRIMARY KEY (user_id, object_kind, object_id, class, id)
);

create table notification_preferences (
  user_id bigint not null,
  in_app_off integer default 0 not null,
  email_off integer default 0 not null,
  push_off integer default 0 not null,
  digest smallint default 0 not null,
  digest_until timestamp with time zone,
  quiet_from time without time zone,
  quiet_to time without time zone,
  time_zone text,
  constraint notification_preferences_pkey PRIMARY KEY (user_id),
  constraint notification_preferences_digest_check CHECK (((digest >= 0) AND (digest <= 2)))
);

create table notification_readers (
  user_id bigint not null,
  read_to bigint not null,
  constraint notification_readers_pkey PRIMARY KEY (user_id)
);

create table notification_sends (
  user_id bigint not null,
  id bigint not null,
  email_sent boolean default false not null,
  email_delivered boolean default false not null,
  push_sent boolean default false not null,
  constraint notification_sends_pkey PRIMARY KEY (user_id, id)
);

create table notification_ties (
  kind smallint not null,
  owner bigint not null,
  other bigint not null,
  "row" bigint not null,
  value integer not null,
  voided boolean default false not null,
  constraint notification_ties_pkey PRIMARY KEY (kind, owner, other, "row")
);

create table notifications (
  user_id bigint not null,
  id bigint not null,
  fold bigint not null,
  taken_by bigint default 0 not null,
  hidden_by bigint default 0 not null,
  object_id bigint not null,
  actor bigint,
  post_id bigint,
  at timestamp with time zone not null,
  last bigint not null,
  last_actor bigint,
  last_at timestamp with time zone not null,
  group_id integer,
  value integer,
  people integer not null,
  class smallint not null,
  type smallint not null,
  shown smallint not null,
  object_kind smallint not null,
  voided boolean default false not null,
  muted boolean not null,
  listed boolean not null,
  constraint notifications_pkey PRIMARY KEY (user_id, id)
) with (fillfactor=85);

create table post_bookmarks (
  post_id bigint not null,
  user_id bigint not null,
  at timestamp with time zone default now() not null,
  constraint post_bookmarks_pkey PRIMARY KEY (post_id, user_id)
);

create table post_days (
  list smallint not null,
  list_id bigint not null,
  day date not null,
  posts integer default 0 not null,
  hidden integer default 0 not null,
  constraint post_days_pkey PRIMARY KEY (list, list_id, day)
) with (fillfactor=75);

create table post_purges (
  post_id bigint not null,
  at timestamp with time zone default now() not null,
  constraint post_purges_pkey PRIMARY KEY (post_id)
);

create table post_reactions (
  post_id bigint not null,
  user_id bigint not null,
  kind smallint not null,
  constraint post_reactions_pkey PRIMARY KEY (post_id, user_id),
  constraint post_reactions_kind_check CHECK (((kind >= 1) AND (kind <= 4)))
) with (fillfactor=90);

create table post_shares (
  post_id bigint not null,
  user_id bigint not null,
  at timestamp with time zone default now() not null,
  constraint post_shares_pkey PRIMARY KEY (post_id, user_id)
);

create table post_view_hours (
  post_id bigint not null,
  hour timestamp with time zone not null,
  views integer not null,
  constraint post_view_hours_pkey PRIMARY KEY (post_id, hour)
) with (fillfactor=75);

create table post_views (
  post_id bigint not null,
  user_id bigint not null,
  at timestamp with time zone not null,
  constraint post_views_pkey PRIMARY KEY (post_id, user_id)
);

create table posts (
  id bigint generated always as identity not null,
  author bigint not null,
  title text,
  content text not null,
  media text,
  media_type text,
  group_id integer,
  course_id integer,
  campaign_id integer,
  views integer default 0 not null,
  comment_count integer default 0 not null,
  thread_count integer default 0 not null,
  like_count integer default 0 not null,
  love_count integer default 0 not null,
  haha_count integer default 0 not null,
  sad_count integer default 0 not null,
  shares integer default 0 not null,
  bookmarks integer default 0 not null,
  views_base integer default 0 not null,
  like_base integer default 0 not null,
  love_base integer default 0 not null,
  is_hidden boolean default false not null,
  imported_from text,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint posts_pkey PRIMARY KEY (id),
  constraint posts_media_type_check CHECK ((media_type = ANY (ARRAY['image'::text, 'video'::text, 'audio'::text])))
) with (fillfactor=75);

create table projections (
  name text not null,
  version integer not null,
  "position" bigint default 0 not null,
  rows bigint default 0 not null,
  updated_at timestamp with time zone default now() not null,
  constraint projections_pkey PRIMARY KEY (name)
);

create table push_subscriptions (
  id bigint generated always as identity not null,
  user_id bigint not null,
  endpoint text not null,
  p256dh bytea not null,
  auth bytea not null,
  created_at timestamp with time zone default now() not null,
  constraint push_subscriptions_pkey PRIMARY KEY (id),
  constraint push_subscriptions_endpoint_key UNIQUE (endpoint)
);

create table refresh_families (
  id uuid default gen_random_uuid() not null,
  user_id bigint not null,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  constraint refresh_families_pkey PRIMARY KEY (id)
);

create table refresh_tokens (
  hash bytea not null,
  family_id uuid not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  answer bytea,
  constraint refresh_tokens_pkey PRIMARY KEY (hash)
);

create table schema_migrations (
  number integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone default now() not null,
  constraint schema_migrations_pkey PRIMARY KEY (number)
);

create table service_tokens (
  id bigint generated always as identity not null,
  hash bytea not null,
  name text not null,
  scopes text[] not null,
  tenant_id uuid,
  created_by bigint not null,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  last_used_at timestamp with time zone,
  constraint service_tokens_pkey PRIMARY KEY (id),
  constraint service_tokens_hash_key UNIQUE (hash)
);

create table tenants (
  id uuid default gen_random_uuid() not null,
  number integer generated always as identity not null,
  name text not null,
  webhook_secret text not null,
  previous_secret text,
  previous_until timestamp with time zone,
  time_zone text default 'UTC'::text not null,
  created_at timestamp with time zone default now() not null,
  constraint tenants_pkey PRIMARY KEY (id),
  constraint tenants_number_key UNIQUE (number)
);

create table users (
  id bigint generated always as identity not null,
  uuid uuid default gen_random_uuid() not null,
  username text not null,
  username_key text not null,
  email text,
  email_key text,
  email_verified boolean default false not null,
  display_name text not null,
  profile_photo text,
  bio text default ''::text not null,
  password_hash text,
  roles integer default 1 not null,
  tenant_id uuid,
  is_active boolean default true not null,
  version integer default 1 not null,
  show_email boolean default false not null,
  is_private boolean default false not null,
  time_zone text,
  imported_from text,
  created_at timestamp with time zone default now() not null,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_email_key_key UNIQUE (email_key),
  constraint users_username_key_key UNIQUE (username_key),
  constraint users_uuid_key UNIQUE (uuid)
);

create table voids (
  id bigint generated always as identity not null,
  made_by bigint not null,
  reason text not null,
  rows bigint default 0 not null,
  created_at timestamp with time zone default now() not null,
  restored_by bigint,
  restored_at timestamp with time zone,
  constraint voids_pkey PRIMARY KEY (id)
);

alter table account_tokens add constraint account_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id);

alter table blocks add constraint blocks_blocked_fkey FOREIGN KEY (blocked) REFERENCES users(id);

alter table blocks add constraint blocks_blocker_fkey FOREIGN KEY (blocker) REFERENCES users(id);

alter table comments add constraint comments_author_fkey FOREIGN KEY (author) REFERENCES users(id);

alter table course_members add constraint course_members_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses(id) ON DELETE CASCADE;

alter table course_members add constraint course_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id);

alter table courses add constraint courses_owner_fkey FOREIGN KEY (owner) REFERENCES users(id);

alter table follow_counts add constraint follow_counts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id);

alter table follows add constraint follows_followed_fkey FOREIGN KEY (followed) REFERENCES users(id);

alter table follows add constraint follows_follower_fkey FOREIGN KEY (follower) REFERENCES users(id);

alter table group_members add constraint group_members_group_id_fkey FOREIGN KEY (group_id) REFERENCES groups(id) ON DELETE CASCADE;

alter table group_members add constraint group_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id);

alter table groups add constraint groups_owner_fkey FOREIGN KEY (owner) REFERENCES users(id);

alter table notification_preferences add constraint notification_preferences_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id);

alter table posts add constraint posts_author_fkey FOREIGN KEY (author) REFERENCES users(id);

alter table push_subscriptions add constraint push_subscriptions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id);

alter table refresh_families add constraint refresh_families_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id);

alter table refresh_tokens add constraint refresh_tokens_family_id_fkey FOREIGN KEY (family_id) REFERENCES refresh_families(id);

alter table service_tokens add constraint service_tokens_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id);

alter table service_tokens add constraint service_tokens_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id);

alter table users add constraint users_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id);

CREATE INDEX account_tokens_expiry ON public.account_tokens USING btree (expires_at);

CREATE INDEX account_tokens_user ON public.account_tokens USING btree (user_id);

CREATE INDEX blocks_blocked ON public.blocks USING btree (blocked, blocker);

CREATE INDEX comments_author ON public.comments USING btree (author, id DESC);

CREATE UNIQUE INDEX comments_imported ON public.comments USING btree (imported_from) WHERE (imported_from IS NOT NULL);

CREATE INDEX comments_media ON public.comments USING btree (media) WHERE (media IS NOT NULL);

CREATE INDEX comments_parent ON public.comments USING btree (parent_id, id) WHERE (parent_id IS NOT NULL);

CREATE INDEX comments_post ON public.comments USING btree (post_id, id);

CREATE INDEX comments_thread ON public.comments USING btree (root_id, created_at, id) WHERE (root_id IS NOT NULL);

CREATE INDEX comments_top ON public.comments USING btree (post_id, created_at DESC, id DESC) WHERE (parent_id IS NULL);

CREATE INDEX course_members_user ON public.course_members USING btree (user_id, course_id);

CREATE UNIQUE INDEX courses_imported ON public.courses USING btree (imported_from) WHERE (imported_from IS NOT NULL);

CREATE INDEX deliveries_done ON public.deliveries USING btree (sent_at) WHERE (state = 'sent'::text);

CREATE INDEX deliveries_due ON public.deliveries USING btree (channel, due_at, id) WHERE (state = ANY (ARRAY['pending'::text, 'sending'::text]));

CREATE INDEX deliveries_state ON public.deliveries USING btree (state, id);

CREATE INDEX engagement_actions_at ON public.engagement_actions USING btree (at);

CREATE INDEX engagement_actions_received ON public.engagement_actions USING btree (subject, at, id) WHERE ((subject IS NOT NULL) AND (verb <> 10));

CREATE INDEX engagement_actions_replied ON public.engagement_actions USING btree (post_author, id) WHERE (verb = 6);

CREATE INDEX engagement_actions_viewed ON public.engagement_actions USING btree (subject, at, actor) WHERE ((subject IS NOT NULL) AND (verb = 10));

CREATE INDEX engagement_badges_at ON public.engagement_badges USING btree (id);

CREATE INDEX engagement_badges_badge ON public.engagement_badges USING btree (badge);

CREATE INDEX engagement_changes_at ON public.engagement_changes USING btree (at);

CREATE INDEX engagement_days_day ON public.engagement_days USING btree (scope, day);

CREATE INDEX engagement_points_day ON public.engagement_points USING btree (day);

CREATE INDEX engagement_taken_back_actor ON public.engagement_taken_back USING btree (actor, verb);

CREATE INDEX engagement_taken_back_subject ON public.engagement_taken_back USING btree (subject, verb) WHERE (subject IS NOT NULL);

CREATE INDEX engagement_users_helpful ON public.engagement_users USING btree (helpful DESC, user_id) WHERE (helpful > 0);

CREATE INDEX engagement_users_score ON public.engagement_users USING btree (score DESC, user_id);

CREATE INDEX follows_followers ON public.follows USING btree (followed, at DESC, follower DESC);

CREATE INDEX follows_following ON public.follows USING btree (follower, at DESC, followed DESC);

CREATE INDEX group_members_user ON public.group_members USING btree (user_id, group_id);

CREATE UNIQUE INDEX groups_imported ON public.groups USING btree (imported_from) WHERE (imported_from IS NOT NULL);

CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at);

CREATE INDEX ledger_actor ON ONLY public.ledger USING btree (actor, id);

CREATE INDEX ledger_object ON ONLY public.ledger USING btree (object_kind, object_id, id);

CREATE INDEX ledger_voids ON ONLY public.ledger USING btree (voids, id) WHERE (voids IS NOT NULL);

CREATE INDEX mentions_post ON public.mentions USING btree (post_id);

CREATE INDEX mentions_user ON public.mentions USING btree (user_id, id DESC);

CREATE INDEX notification_preferences_digest ON public.notification_preferences USING btree (user_id) WHERE (digest > 0);

CREATE INDEX notifications_object ON public.notifications USING btree (object_kind, object_id, class, user_id, id) INCLUDE (actor, fold);

CREATE INDEX notifications_post ON public.notifications USING btree (post_id) WHERE (object_kind = 3);

CREATE INDEX notifications_shown ON public.notifications USING btree (user_id, last DESC) WHERE (people > 0);

CREATE INDEX post_bookmarks_user ON public.post_bookmarks USING btree (user_id, at DESC, post_id DESC);

CREATE INDEX post_view_hours_recent ON public.post_view_hours USING btree (hour, post_id);

CREATE INDEX posts_author ON public.posts USING btree (author, created_at DESC, id DESC) INCLUDE (is_hidden);

CREATE INDEX posts_campaign ON public.posts USING btree (campaign_id, created_at DESC, id DESC) INCLUDE (is_hidden) WHERE (campaign_id IS NOT NULL);

CREATE INDEX posts_course ON public.posts USING btree (course_id, created_at DESC, id DESC) INCLUDE (is_hidden) WHERE (course_id IS NOT NULL);

CREATE INDEX posts_group ON public.posts USING btree (group_id, created_at DESC, id DESC) INCLUDE (is_hidden) WHERE (group_id IS NOT NULL);

CREATE INDEX posts_hidden ON public.posts USING btree (author, id) WHERE is_hidden;

CREATE UNIQUE INDEX posts_imported ON public.posts USING btree (imported_from) WHERE (imported_from IS NOT NULL);

CREATE INDEX posts_media ON public.posts USING btree (media) WHERE (media IS NOT NULL);

CREATE INDEX posts_recent ON public.posts USING btree (created_at DESC, id DESC) INCLUDE (is_hidden);

CREATE INDEX posts_words ON public.posts USING gin (to_tsvector('simple'::regconfig, "left"(((COALESCE(title, ''::text) || ' '::text) || content), 20000)));

CREATE INDEX push_subscriptions_user ON public.push_subscriptions USING btree (user_id);

CREATE INDEX refresh_families_user ON public.refresh_families USING btree (user_id);

CREATE INDEX refresh_tokens_answers ON public.refresh_tokens USING btree (used_at) WHERE (answer IS NOT NULL);

CREATE INDEX refresh_tokens_expiry ON public.refresh_tokens USING btree (expires_at);

CREATE INDEX refresh_tokens_family ON public.refresh_tokens USING btree (family_id);

CREATE INDEX users_email_start ON public.users USING btree (email_key text_pattern_ops);

CREATE UNIQUE INDEX users_imported ON public.users USING btree (imported_from) WHERE (imported_from IS NOT NULL);

CREATE INDEX users_username_start ON public.users USING btree (username_key text_pattern_ops);

CREATE TRIGGER import_gone AFTER DELETE ON public.comments FOR EACH ROW WHEN ((old.imported_from IS NOT NULL)) EXECUTE FUNCTION import_gone();

CREATE TRIGGER import_gone AFTER DELETE ON public.courses FOR EACH ROW WHEN ((old.imported_from IS NOT NULL)) EXECUTE FUNCTION import_gone();

CREATE TRIGGER import_gone AFTER DELETE ON public.groups FOR EACH ROW WHEN ((old.imported_from IS NOT NULL)) EXECUTE FUNCTION import_gone();

CREATE TRIGGER ledger_fence BEFORE INSERT ON public.ledger FOR EACH STATEMENT EXECUTE FUNCTION ledger_fence();

CREATE TRIGGER import_gone AFTER DELETE ON public.posts FOR EACH ROW WHEN ((old.imported_from IS NOT NULL)) EXECUTE FUNCTION import_gone();

CREATE TRIGGER import_gone AFTER DELETE ON public.users FOR EACH ROW WHEN ((old.imported_from IS NOT NULL)) EXECUTE FUNCTION import_gone();
