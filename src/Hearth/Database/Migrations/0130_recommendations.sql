-- What training found, for each kind of object (the ledger's numbers) that is recommended: to each object those that people who took to it
-- took to as well, the closest first. A training replaces all of a kind at once; see docs/recommendations.md.
create table recommendation_neighbours (
  item       bigint not null,
  neighbours bigint[] not null,
  weights    real[] not null,
  kind       smallint not null,
  primary key (kind, item)
);

create table recommendation_models (
  kind       smallint primary key,
  trained_at timestamptz not null,
  people     int not null,
  items      int not null,
  pairs      int not null,
  seconds    real not null
);
