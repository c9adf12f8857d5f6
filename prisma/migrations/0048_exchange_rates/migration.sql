-- What one unit of a currency was worth in another in a month, as finance says. Nothing is ever changed: what is said later of
-- the same month stands before it, and a rate that is null takes it back.
create table exchange_rate (
  id bigint primary key generated always as identity,
  org_id integer not null references organization (id) on delete cascade,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  into_currency text not null check (into_currency ~ '^[A-Z]{3}$' and into_currency <> currency),
  -- Its first day.
  month date not null check (extract(day from month) = 1),
  rate numeric check (rate > 0),
  why text not null,
  entered_by text not null,
  entered_at timestamptz not null default now()
);

create index exchange_rate_org_idx on exchange_rate (org_id, currency, month, id);

create trigger note_insert after insert on exchange_rate referencing new table as changed
  for each statement execute function note_directory();
create trigger note_update after update on exchange_rate referencing new table as changed
  for each statement execute function note_directory();
create trigger note_delete after delete on exchange_rate referencing old table as changed
  for each statement execute function note_directory();
