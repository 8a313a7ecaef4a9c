-- A rebuild used to leave tables without their settings, and indexes with other names than those that migrations give them.
do $$
declare
  wanted record;
  found name;
begin
  for wanted in select * from (values
    ('engagement_actions', 'engagement_actions_at', 'brin (at) WITH (pages_per_range=''32'')'),
    ('engagement_actions', 'engagement_actions_received', 'btree (subject, at, id) WHERE ((subject IS NOT NULL) AND (verb <> 10))'),
    ('engagement_actions', 'engagement_actions_replied', 'btree (post_author, id) WHERE (verb = 6)'),
    ('engagement_actions', 'engagement_actions_viewed', 'btree (subject, at, actor) WHERE ((subject IS NOT NULL) AND (verb = 10))'),
    ('engagement_actions', 'engagement_actions_within', 'btree (within) WHERE (within IS NOT NULL)'),
    ('engagement_badges', 'engagement_badges_badge', 'btree (badge)'),
    ('engagement_badges', 'engagement_badges_id', 'btree (id)'),
    ('engagement_changes', 'engagement_changes_actor', 'btree (actor, at)'),
    ('engagement_changes', 'engagement_changes_at', 'btree (at)'),
    ('engagement_changes', 'engagement_changes_subject', 'btree (subject, at) WHERE (subject IS NOT NULL)'),
    ('engagement_days', 'engagement_days_day', 'brin (day) WITH (pages_per_range=''32'')'),
    ('engagement_points', 'engagement_points_day', 'brin (day) WITH (pages_per_range=''32'')'),
    ('engagement_taken_back', 'engagement_taken_back_actor', 'btree (actor, verb)'),
    ('engagement_taken_back', 'engagement_taken_back_subject', 'btree (subject, verb) WHERE (subject IS NOT NULL)'),
    ('feed_entries', 'feed_entries_actor', 'btree (actor, at DESC, id DESC)'),
    ('feed_entries', 'feed_entries_deed', 'btree (object_kind, object_id, verb, actor)'),
    ('feed_entries', 'feed_entries_new', 'btree (at DESC, id DESC) INCLUDE (actor) WHERE (verb = ANY (ARRAY[20, 27, 30, 110]))'),
    ('feed_entries', 'feed_entries_parent', 'btree (object_kind, parent_id) WHERE (parent_id IS NOT NULL)'),
    ('feed_entries', 'feed_entries_recent', 'btree (at DESC, id DESC) INCLUDE (actor)'),
    ('notifications', 'notifications_folds', 'btree (object_kind, object_id, class, user_id, id) WHERE (fold = id)'),
    ('notifications', 'notifications_object', 'btree (object_kind, object_id, class, user_id, actor, fold)'),
    ('notifications', 'notifications_post', 'btree (post_id) WHERE (object_kind = 3)'),
    ('notifications', 'notifications_shown', 'btree (user_id, last DESC) WHERE (people > 0)'),
    ('notifications', 'notifications_skill', 'btree (post_id) WHERE (object_kind = ANY (ARRAY[14, 15]))')) as w (of_table, name, definition)
  loop
    select i.indexname into found from pg_indexes i
     where i.schemaname = 'public' and i.tablename = wanted.of_table and i.indexname <> wanted.name
       and substring(i.indexdef from ' USING (.*)$') = wanted.definition;
    if found is not null then
      execute format('alter index %I rename to %I', found, wanted.name);
    end if;
  end loop;
end $$;
alter table analytics_skill_days set (fillfactor=80);
alter table analytics_user_days set (fillfactor=80);
alter table engagement_days set (fillfactor=75);
alter table engagement_objects set (fillfactor=85);
alter table engagement_pairs set (fillfactor=85);
alter table engagement_participants set (fillfactor=85);
alter table engagement_points set (fillfactor=85);
alter table engagement_totals set (fillfactor=50);
alter table engagement_users set (fillfactor=75);
alter table engagement_viewers set (fillfactor=85);
alter table notifications set (fillfactor=85);
