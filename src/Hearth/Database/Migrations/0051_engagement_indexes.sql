-- Rows of these tables lie by time as they come, so that a summary per range of pages finds a window of days; a tree would cost
-- every write. Scores change with almost every action and are ranked in memory: without an index the row changes in place.
-- A rebuild gives indexes names of its own, so they are found by what they are on.
do $$
declare one record;
begin
  for one in
    select i.indexrelid::regclass as name
      from pg_index i
     where not i.indisprimary
       and (i.indrelid in ('engagement_days'::regclass, 'engagement_points'::regclass, 'engagement_users'::regclass, 'engagement_badges'::regclass)
            or (i.indrelid = 'engagement_actions'::regclass and pg_get_indexdef(i.indexrelid) like '% USING btree (at)'))
  loop
    execute format('drop index %s', one.name);
  end loop;
end $$;
create index engagement_days_day on engagement_days using brin (day) with (pages_per_range = 32);
create index engagement_points_day on engagement_points using brin (day) with (pages_per_range = 32);
create index engagement_actions_at on engagement_actions using brin (at) with (pages_per_range = 32);
create index engagement_badges_badge on engagement_badges (badge);
