-- Who sees a profile, and what a person does: 0 everybody, 1 followers, 2 nobody. Beside is_private, which says whether a person is listed.
alter table users add column profile_visibility smallint not null default 0 check (profile_visibility between 0 and 2);
alter table users add column activity_visibility smallint not null default 0 check (activity_visibility between 0 and 2);
create index users_names_alike on users using gin ((username_key || ' ' || lower(display_name)) gin_trgm_ops) where is_active;
-- Whom many follow is suggested to who knows nobody yet.
create index follow_counts_most on follow_counts (followers desc);
