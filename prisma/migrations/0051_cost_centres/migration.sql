-- Which cost centre a team is of, from a day to another; of one team no two at once.
create table cost_centre (
  id integer primary key generated always as identity,
  org_id integer not null references organization (id) on delete cascade,
  team_id integer not null references team (id) on delete cascade,
  code text not null,
  name text not null,
  valid_from date not null,
  -- The last day that it holds; null: until further notice.
  valid_to date check (valid_to >= valid_from),
  entered_by text not null,
  entered_at timestamptz not null default now()
);

create index cost_centre_team_idx on cost_centre (org_id, team_id, valid_from);

create trigger note_insert after insert on cost_centre referencing new table as changed
  for each statement execute function note_directory();
create trigger note_update after update on cost_centre referencing new table as changed
  for each statement execute function note_directory();
create trigger note_delete after delete on cost_centre referencing old table as changed
  for each statement execute function note_directory();
