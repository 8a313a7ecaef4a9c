-- What people are told. The first two tables follow from the ledger alone and can be rebuilt; the rest is what readers do.
--
-- notifications: one row per thing that happened to a person; id is the ledger's row. Rows of one class about one object
-- fold: those with one value of fold are shown as one, by the row whose id that is (0: the row is void). Its columns from
-- people on say what is shown; in other rows they are as for nobody.
create table notifications (
  user_id     bigint not null,
  id          bigint not null,
  fold        bigint not null,
  -- The row that took it back, or hid what it is about; 0 when it stands.
  taken_by    bigint not null default 0,
  hidden_by   bigint not null default 0,
  object_id   bigint not null,
  actor       bigint,
  post_id     bigint,
  at          timestamptz not null,
  last        bigint not null,
  last_actor  bigint,
  last_at     timestamptz not null,
  group_id    int,
  value       int,
  people      int not null,
  class       smallint not null,
  type        smallint not null,
  shown       smallint not null,
  object_kind smallint not null,
  voided      boolean not null default false,
  -- Its reader did not want this type shown when it happened.
  muted       boolean not null,
  listed      boolean not null,
  primary key (user_id, id)
) with (fillfactor = 85);
create index notifications_shown on notifications (user_id, last desc) where people > 0;
create index notifications_object on notifications (object_kind, object_id, class, user_id, id) include (actor, fold);
create index notifications_post on notifications (post_id) where object_kind = 3;

-- Memberships (kind 1: group, member), blocks (2: who blocks, whom) and muted types (3: person, 0) as the ledger's rows
-- left them one after the other; the last that is not void holds. value: 1 or 0, for kind 3 a set of types.
create table notification_ties (
  kind   smallint not null,
  owner  bigint not null,
  other  bigint not null,
  row    bigint not null,
  value  int not null,
  voided boolean not null default false,
  primary key (kind, owner, other, row)
);

-- What a reader has seen or removed: everything about the object from the row id up to a row. A fold that grows beyond it is news again.
create table notification_marks (
  user_id     bigint not null,
  object_kind smallint not null,
  object_id   bigint not null,
  class       smallint not null,
  id          bigint not null,
  read_to     bigint not null default 0,
  deleted_to  bigint not null default 0,
  primary key (user_id, object_kind, object_id, class, id)
);

-- Everything up to here is read.
create table notification_readers (
  user_id bigint primary key,
  read_to bigint not null
);

-- How far a notification came by each way. None of these is ever taken back.
create table notification_sends (
  user_id         bigint not null,
  id              bigint not null,
  email_sent      boolean not null default false,
  email_delivered boolean not null default false,
  push_sent       boolean not null default false,
  primary key (user_id, id)
);
