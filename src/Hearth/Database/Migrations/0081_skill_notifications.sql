-- A skill that goes takes along what is told of its comments and tasks, whose post_id is the skill's id.
create index notifications_skill on notifications (post_id) where object_kind in (14, 15);
