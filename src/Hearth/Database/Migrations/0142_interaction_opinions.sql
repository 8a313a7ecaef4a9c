-- A person's latest opinions, however much they view and play besides.
create index interactions_opinions on interactions (user_id, created_at, id) where standing and type in (2, 3, 4, 5, 6, 8, 9);
