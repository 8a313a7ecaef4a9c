-- A ranking's day is told in parts of some hundred changes, so that an answer reads as little of a busy day as of a quiet one. What is
-- told already is of one part.
alter table engagement_chronicle add column begins bigint not null default 0;
comment on column engagement_chronicle.begins is 'Microseconds since midnight; began is what each had then.';
alter table engagement_chronicle drop constraint engagement_chronicle_pkey, add primary key (day, ranking, days, begins);
alter table engagement_chronicle alter column begins drop default;
