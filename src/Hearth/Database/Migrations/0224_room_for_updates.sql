-- A slice of the ledger changes a person or post once, but up to thousands of rows in one transaction: half of each page is left to their
-- new versions, so that they stay on it and no index is touched. What a page gave up is filled again by the next slice.
alter table engagement_users set (fillfactor = 50);
alter table engagement_objects set (fillfactor = 50);
alter table engagement_points set (fillfactor = 50);
-- Of the days only the last ones change; history is kept for ever.
alter table engagement_days set (fillfactor = 60);
