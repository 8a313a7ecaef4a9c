-- Whether somebody whose skills did something is told how much, by a mail on Mondays.
alter table notification_preferences add skill_summary boolean not null default true;

-- The Monday (UTC) until which all who are to be told have their mail among the deliveries.
create table skill_summary_cursor (up_to date not null);
insert into skill_summary_cursor values (date_trunc('week', now() at time zone 'UTC')::date);
