-- Experiments: who gets which variant follows from the key and the person alone. What happened is in the ledger.
create table experiments (
  id           bigint generated always as identity primary key,
  key          uuid not null default gen_random_uuid(),
  name         text not null unique,
  description  text not null,
  variants     text[] not null,
  weights      int[] not null,
  -- The type of interaction that is hoped for, and how many days after the exposure it still counts.
  outcome      smallint not null check (outcome between 1 and 9),
  outcome_days int not null check (outcome_days between 1 and 90),
  -- How many people each variant is to have before anything is decided.
  planned      int not null check (planned > 0),
  created_at   timestamptz not null default now()
);

-- Who has been exposed: a second exposure that shows nothing new is none.
create table experiment_people (
  experiment_id bigint not null references experiments,
  user_id       bigint not null,
  primary key (experiment_id, user_id)
);
create index experiment_people_user on experiment_people (user_id);
