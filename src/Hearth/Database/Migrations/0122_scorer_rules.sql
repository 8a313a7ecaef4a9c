-- A rule may ask the text scorer: for which harm, and from which chance on. Null: it looks for words only.
alter table moderation_rules add column scorer text check (scorer in ('spam', 'offensive'));
alter table moderation_rules add column threshold float8 check (threshold between 0.5 and 1);
alter table moderation_rules add constraint moderation_rules_scorer check ((scorer is null) = (threshold is null));
