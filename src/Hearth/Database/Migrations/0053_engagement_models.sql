-- What a nightly training made of the weeks so far, and how it did on weeks that it had not seen, beside the naive guess that
-- last week repeats. Only a model that does better is served.
create table engagement_models (
  id             bigint generated always as identity primary key,
  -- engagements: how many in the next 7 days; leaving: whether none in the next 28.
  kind           text not null check (kind in ('engagements', 'leaving')),
  trained_at     timestamptz not null,
  -- The last day that training knew.
  until          date not null,
  examples       int not null,
  held_out       int not null,
  held_out_weeks int not null,
  error          double precision not null,
  naive_error    double precision not null,
  served         boolean not null,
  weights        double precision[] not null
);
create index engagement_models_kind on engagement_models (kind, id desc);
