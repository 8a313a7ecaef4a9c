-- What reviewers' decisions have taught the text scorer: weights of words folded into buckets, the last bucket for every text. No text is kept.
create table scorer_lessons (
  -- 0 spam, 1 hate or offence.
  harm   smallint not null check (harm between 0 and 1),
  bucket smallint not null check (bucket between 0 and 4096),
  weight real not null,
  primary key (harm, bucket)
);

-- How often the scorer, as it was then, flagged or passed what a reviewer then upheld or dismissed.
create table scorer_outcomes (
  harm     smallint not null check (harm between 0 and 1),
  sure     boolean not null,
  flagged  boolean not null,
  upheld   boolean not null,
  outcomes bigint not null,
  primary key (harm, sure, flagged, upheld)
);
