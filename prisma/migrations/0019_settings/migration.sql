-- For how many days what came is kept after it has been used, where somebody chose; null: for ever.
create table retention (
  kind text primary key check (kind in ('deliveries', 'operations')),
  days integer check (days between 35 and 3650)
);

-- Whether pages name the people behind pull requests; finance and programs never see them.
alter table installation add column shows_persons boolean not null default false;
