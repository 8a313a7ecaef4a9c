-- How many mails about notifications went to an address that nobody has confirmed yet: it may be a stranger's.
alter table notification_preferences add unconfirmed_mails integer not null default 0;
