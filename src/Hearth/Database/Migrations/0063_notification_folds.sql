-- A fold is grown by what comes to it, not counted anew: whether it tells of a person already is one probe, and so is the latest fold.
drop index notifications_object;
create index notifications_object on notifications (object_kind, object_id, class, user_id, actor, fold);
create index notifications_folds on notifications (object_kind, object_id, class, user_id, id) where fold = id;
