-- Whom a pull request was made for, where they are on the roster: adoption counts people (decision 0026).
alter table fact_pull_request add column person_id integer;

-- How much of a working week somebody gives a team, what they are called there, and who said so: what an administrator
-- enters is not taken back by reading GitHub's teams.
alter table team_member
  add column fte numeric(4, 3) not null default 1 check (fte > 0 and fte <= 1),
  add column seniority smallint,
  add column source text not null default 'github';

create trigger note_insert after insert on team_member referencing new table as changed
  for each statement execute function note_directory();
create trigger note_update after update on team_member referencing new table as changed
  for each statement execute function note_directory();
create trigger note_delete after delete on team_member referencing old table as changed
  for each statement execute function note_directory();

-- From when on a team plans, tries, takes up and has agents.
create table rollout_phase (
  org_id integer not null references organization (id) on delete cascade,
  team_id integer not null references team (id) on delete cascade,
  phase smallint not null,
  starts_on date not null,
  primary key (org_id, team_id, phase)
);

create trigger note_insert after insert on rollout_phase referencing new table as changed
  for each statement execute function note_directory();
create trigger note_update after update on rollout_phase referencing new table as changed
  for each statement execute function note_directory();
create trigger note_delete after delete on rollout_phase referencing old table as changed
  for each statement execute function note_directory();
