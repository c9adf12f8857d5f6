-- The calendar month that the fiscal year begins with.
alter table organization add column fiscal_start smallint not null default 1 check (fiscal_start between 1 and 12);
