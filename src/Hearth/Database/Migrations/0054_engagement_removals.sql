-- What is done on a post counts in its course or campaign while the post is there: within names that post, for such actions only.
-- Deleting the post, or a comment below it, takes them out of those figures and leaves everybody's own.
alter table engagement_actions add column within bigint;
create index engagement_actions_within on engagement_actions (within) where within is not null;

-- Posts (2) and comments (3) of courses and campaigns that are gone: what a void kept back of them does not come back there.
create table engagement_removed (
  object_kind smallint not null,
  object_id   bigint not null,
  primary key (object_kind, object_id)
);
