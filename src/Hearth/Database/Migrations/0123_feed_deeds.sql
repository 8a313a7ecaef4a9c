-- What feeds tell anew after a void is found by the deed itself: a post, person or group that much happens to must not be read from end to end.
-- Likes and views, which are most rows, are in none of these.
create index ledger_deeds on ledger (actor, object_kind, object_id) where verb in (5, 8, 9, 11, 20, 27, 30, 60, 61, 110, 117);
create index ledger_awards on ledger (subject, object_id) where verb = 81;
create index ledger_deletions on ledger (object_kind, object_id) where verb in (22, 24, 29, 32, 112, 119);
