-- What each check found last, on whichever node ran it. Every difference is a defect.
create table drift_checks (
  name        text primary key,
  rows        bigint not null,
  differences bigint not null,
  examples    text[] not null,
  checked_at  timestamptz not null
);
