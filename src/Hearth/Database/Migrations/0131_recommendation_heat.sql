-- At the training: how many took to an object altogether, and lately, each counting 2^(-age in days / 7). What has no neighbours has a row, too.
alter table recommendation_neighbours add column taken int not null default 0, add column heat real not null default 0;
create index recommendation_neighbours_heat on recommendation_neighbours (kind, heat desc, item desc);
