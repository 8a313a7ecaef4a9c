-- What feeds are read from: see docs/feeds.md. The projection "feeds" owns the table, and a rebuild makes it anew.
-- One row per person, deed and object that counts now, by the ledger row that made it count. Who may see it is decided when it is read.
create table feed_entries (
  id          bigint primary key,
  at          timestamptz not null,
  actor       bigint not null,
  object_id   bigint not null,
  -- The post or skill that a comment is on.
  parent_id   bigint,
  verb        smallint not null,
  object_kind smallint not null
);
create unique index feed_entries_deed on feed_entries (object_kind, object_id, verb, actor);
create index feed_entries_parent on feed_entries (object_kind, parent_id) where parent_id is not null;
-- One person's, everybody's, and what is new among them: in a feed's order.
create index feed_entries_actor on feed_entries (actor, at desc, id desc);
create index feed_entries_recent on feed_entries (at desc, id desc) include (actor);
create index feed_entries_new on feed_entries (at desc, id desc) include (actor) where verb in (20, 27, 30, 110);
