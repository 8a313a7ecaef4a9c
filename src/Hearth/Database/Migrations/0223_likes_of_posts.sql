-- What a person liked last and likes still, read from the index alone, however much they ever did.
create index engagement_actions_likes on engagement_actions (actor, id) include (object_id) where verb = 1;
