-- What somebody says of what hours and incidents cost and what agents save, for a whole organisation or one team. Nothing is
-- ever changed: what is said later of the same thing stands before it, and a value that is null takes it back.
create table roi_assumption (
  id bigint primary key generated always as identity,
  org_id integer not null references organization (id) on delete cascade,
  team_id integer references team (id) on delete cascade,
  key text not null,
  value numeric,
  -- The range that is thought possible; both or none.
  low numeric,
  high numeric check (low <= value and value <= high),
  -- From which day on it holds.
  valid_from date not null,
  basis text not null check (basis in ('assumed', 'imported', 'published')),
  why text not null,
  entered_by text not null,
  entered_at timestamptz not null default now(),
  check ((low is null) = (high is null))
);

create index roi_assumption_org_idx on roi_assumption (org_id, key, id);

-- The currency that an organisation plans in.
create table money_setting (
  org_id integer primary key references organization (id) on delete cascade,
  currency text not null check (currency ~ '^[A-Z]{3}$')
);

create trigger note_insert after insert on roi_assumption referencing new table as changed
  for each statement execute function note_directory();
create trigger note_update after update on roi_assumption referencing new table as changed
  for each statement execute function note_directory();
create trigger note_delete after delete on roi_assumption referencing old table as changed
  for each statement execute function note_directory();
create trigger note_insert after insert on money_setting referencing new table as changed
  for each statement execute function note_directory();
create trigger note_update after update on money_setting referencing new table as changed
  for each statement execute function note_directory();
create trigger note_delete after delete on money_setting referencing old table as changed
  for each statement execute function note_directory();

-- Costs are in no repository: a note about repository 0 names the days, counted from 1970, whose costs changed.
create function note_costs() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' then
    insert into fact_change (org_id) values (0);
  else
    insert into fact_change (org_id, repo_id, numbers)
    select c.org_id, 0, array_agg(distinct c.day - date '1970-01-01' order by c.day - date '1970-01-01')
    from changed c group by c.org_id;
  end if;
  return null;
end $$;

create trigger note_insert after insert on rollup_cost_day referencing new table as changed
  for each statement execute function note_costs();
create trigger note_update after update on rollup_cost_day referencing new table as changed
  for each statement execute function note_costs();
create trigger note_delete after delete on rollup_cost_day referencing old table as changed
  for each statement execute function note_costs();
create trigger note_truncate after truncate on rollup_cost_day for each statement execute function note_costs();

-- Whoever holds facts in memory holds none of the costs yet.
insert into fact_change (org_id) values (0);
