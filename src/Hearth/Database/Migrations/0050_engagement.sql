-- What follows from the ledger for engagement: see docs/engagement.md. The projection "engagement" owns every table of this file;
-- a rebuild makes them anew, so they have neither identity columns nor foreign keys. Rows that would be all zero are not kept.

-- What counts now: one row per (person, action, object), and the ledger row that made it count.
-- target is the mentioned or awarded person, whom the object alone does not tell; else 0.
create table engagement_actions (
  actor       bigint not null,
  object_id   bigint not null,
  target      bigint not null,
  id          bigint not null,
  at          timestamptz not null,
  -- Whose object it is, or who it is done to.
  subject     bigint,
  -- For comments and replies: where they are, and whose post that is.
  post_id     bigint,
  post_author bigint,
  group_id    int,
  course_id   int,
  campaign_id int,
  verb        smallint not null,
  object_kind smallint not null,
  primary key (actor, verb, object_id, target, object_kind)
);
create index engagement_actions_received on engagement_actions (subject, at, id) where subject is not null and verb <> 10;
create index engagement_actions_viewed on engagement_actions (subject, at, actor) where subject is not null and verb = 10;
create index engagement_actions_replied on engagement_actions (post_author, id) where verb = 6;
create index engagement_actions_at on engagement_actions (at);

-- What counted once and was taken back since by an action of its own kind (not by a void): a badge earned by it stays earned.
create table engagement_taken_back (
  actor       bigint not null,
  object_id   bigint not null,
  target      bigint not null,
  id          bigint not null primary key,
  ended       bigint not null,
  at          timestamptz not null,
  subject     bigint,
  verb        smallint not null,
  object_kind smallint not null
);
create index engagement_taken_back_actor on engagement_taken_back (actor, verb);
create index engagement_taken_back_subject on engagement_taken_back (subject, verb) where subject is not null;

-- Each change of what counts but the ordinary beginning: taken back, voided, counted again, or valued anew by rules.
-- With it the figures of any past moment follow from those of now.
create table engagement_changes (
  -- The row that changed it, and when.
  id              bigint not null,
  at              timestamptz not null,
  -- What it changed: an action, by the row and the time that made it count. For rules: a day's points of a person (actor).
  action_id       bigint not null,
  action_at       timestamptz not null,
  actor           bigint not null,
  subject         bigint,
  own_points      int not null,
  received_points int not null,
  sign            smallint not null,
  verb            smallint not null
);
create index engagement_changes_at on engagement_changes (at);

-- A person's totals: what they gave, what others gave them, and their score.
create table engagement_users (
  user_id           bigint primary key,
  -- The ledger row that changed it last.
  id                bigint not null,
  at                timestamptz not null,
  score             int not null,
  likes             int not null,
  comment_likes     int not null,
  comments          int not null,
  replies           int not null,
  mentions          int not null,
  joins             int not null,
  views             int not null,
  shares            int not null,
  bookmarks         int not null,
  posts             int not null,
  groups_founded    int not null,
  likes_received    int not null,
  mentions_received int not null,
  followers         int not null,
  views_received    int not null,
  -- Their comments that others reacted to; their posts with ten engagements of others.
  helpful           int not null,
  voiced            int not null
) with (fillfactor = 75);
create index engagement_users_score on engagement_users (score desc, user_id);
create index engagement_users_helpful on engagement_users (helpful desc, user_id) where helpful > 0;

-- How many engagements of others a post (2) or comment (3) has.
create table engagement_objects (
  object_id   bigint not null,
  owner       bigint not null,
  engaged     int not null,
  object_kind smallint not null,
  primary key (object_kind, object_id)
) with (fillfactor = 85);

-- Points of one person to another on one day, before the cap.
create table engagement_pairs (
  earner bigint not null,
  giver  bigint not null,
  points int not null,
  day    date not null,
  primary key (earner, giver, day)
) with (fillfactor = 85);

-- Points by the day of the actions that earned them, after the cap.
create table engagement_points (
  user_id bigint not null,
  day     date not null,
  points  int not null,
  primary key (user_id, day)
) with (fillfactor = 85);
create index engagement_points_day on engagement_points (day);

-- Actions by their day (UTC). scope: 1 a person's own, 2 on a post, 3 in a group, 4 in a course, 5 in a campaign, 6 everywhere (id 0).
create table engagement_days (
  scope_id      bigint not null,
  day           date not null,
  scope         smallint not null,
  likes         int not null,
  comment_likes int not null,
  comments      int not null,
  replies       int not null,
  mentions      int not null,
  joins         int not null,
  views         int not null,
  shares        int not null,
  bookmarks     int not null,
  posts         int not null,
  clicks        int not null,
  conversions   int not null,
  -- All but views, posts, clicks and conversions.
  engagements   int not null,
  primary key (scope, scope_id, day)
) with (fillfactor = 75);
create index engagement_days_day on engagement_days (scope, day);

-- The same over all days, for groups, courses, campaigns and the community; reach is the number of different viewers (courses, campaigns).
create table engagement_totals (
  scope_id      bigint not null,
  scope         smallint not null,
  likes         int not null,
  comment_likes int not null,
  comments      int not null,
  replies       int not null,
  mentions      int not null,
  joins         int not null,
  views         int not null,
  shares        int not null,
  bookmarks     int not null,
  posts         int not null,
  clicks        int not null,
  conversions   int not null,
  engagements   int not null,
  reach         int not null,
  primary key (scope, scope_id)
) with (fillfactor = 50);

-- How many posts of a course (4) or campaign (5) a person has seen.
create table engagement_viewers (
  scope_id bigint not null,
  user_id  bigint not null,
  posts    int not null,
  scope    smallint not null,
  primary key (scope, scope_id, user_id)
) with (fillfactor = 85);

-- Who engaged in a course on which day.
create table engagement_participants (
  course_id bigint not null,
  user_id   bigint not null,
  day       date not null,
  actions   int not null,
  primary key (course_id, day, user_id)
) with (fillfactor = 85);

-- Badges earned or awarded, but top_engager, and the row that earned each.
create table engagement_badges (
  user_id    bigint not null,
  awarded_at timestamptz not null,
  id         bigint not null,
  badge      int not null,
  primary key (user_id, badge)
);
create index engagement_badges_badge on engagement_badges (badge);
create index engagement_badges_at on engagement_badges (id);

-- Custom badges' rules as the ledger tells them. days null: over all time.
create table engagement_badge_rules (
  badge       int primary key,
  id          bigint not null,
  verb        smallint not null,
  count       int not null,
  days        int
);

-- Published reputation rules that hold; those of the built-in version 1 are in the code.
create table engagement_rules (
  version        int primary key,
  id             bigint not null,
  effective_from timestamptz not null,
  body           jsonb not null
);
