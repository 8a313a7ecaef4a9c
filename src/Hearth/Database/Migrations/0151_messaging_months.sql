-- Sums of messaging_days by month: what the overview reads grows by a few rows a month, not by days.
create table messaging_months (
  tenant        int not null references tenants (number),
  month         date not null,
  slot          smallint not null,
  sent          bigint not null default 0,
  received      bigint not null default 0,
  delivered     bigint not null default 0,
  conversations bigint not null default 0,
  replied       bigint not null default 0,
  open          bigint not null default 0,
  campaigns     bigint not null default 0,
  primary key (tenant, month, slot)
);
insert into messaging_months
select tenant, date_trunc('month', day::timestamp)::date, slot, sum(sent), sum(received), sum(delivered), sum(conversations), sum(replied), sum(open), sum(campaigns)
  from messaging_days group by 1, 2, 3;
