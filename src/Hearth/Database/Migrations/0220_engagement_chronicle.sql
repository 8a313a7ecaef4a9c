-- Rankings as they stood on each day that is over: who was among the first at any time, what each had when it began, and every
-- change of it. Computed from the projection's tables; see docs/decisions/0004-chronicle-of-rankings.md.
create table engagement_chronicle (
  day      date not null,
  ranking  smallint not null,
  -- How many days it counts, 0 for all time.
  days     int not null,
  people   bigint[] not null,
  began    int[] not null,
  -- Of each change, in order: a place in people, from 0; microseconds of the day; the difference.
  who      int[] not null,
  at       bigint[] not null,
  gain     int[] not null,
  primary key (day, ranking, days)
);

-- One row: before which day the past is taken for known; from which day on it begins; of which tables it tells; how often it was touched.
create table engagement_chronicle_state (
  until     date not null,
  begins    date,
  tables    oid not null,
  revision  bigint not null
);
insert into engagement_chronicle_state (until, tables, revision) values ('-infinity', 0, 0);

-- What changed about a day since, and likes of a comment.
create index engagement_changes_action_at on engagement_changes (action_at);
create index engagement_changes_liked on engagement_changes (object_id) where verb = 3;
