-- Whose comments were liked, read from the index alone: for the ranking of the helpful.
create index engagement_actions_liked on engagement_actions (subject, object_id) include (at, id) where verb = 3 and subject <> actor;
