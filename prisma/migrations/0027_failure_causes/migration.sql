-- Why a pull request failed, as somebody said who looked at it; the audit log says who.
create table pull_request_triage (
  org_id integer not null references organization (id) on delete cascade,
  repo_id integer not null references repository (id) on delete cascade,
  number integer not null,
  cause smallint not null,
  decided_at timestamptz not null,
  primary key (org_id, repo_id, number)
);

-- An issue that a pull request closes, and what its labels say that it is.
create table fact_issue_link (
  org_id integer not null,
  repo_id integer not null,
  number integer not null,
  issue integer not null,
  updated_at timestamptz not null,
  is_defect boolean not null,
  is_feature boolean not null,
  primary key (org_id, repo_id, number, issue)
);
create index fact_issue_link_issue_idx on fact_issue_link (org_id, repo_id, issue);

alter table fact_pull_request_course
  -- Of one that failed: the code of its cause, 0 where nobody has said it.
  add column failure_cause integer,
  -- 0 of one that closes an issue which is a defect, where there are deployments at all.
  add column fix_watched integer,
  -- Features that it was the last to close, or that it is by itself.
  add column features integer,
  -- Of its branch, without merges.
  add column commits integer;

-- What it says of itself that it is, by its labels or its title.
alter table fact_pull_request_flow add column is_feature boolean;

do $$
declare
  noted text;
begin
  foreach noted in array array['pull_request_triage', 'fact_issue_link'] loop
    execute format('create trigger note_course_insert after insert on %I referencing new table as changed
      for each statement execute function note_course()', noted);
    execute format('create trigger note_course_update after update on %I referencing old table as replaced new table as changed
      for each statement execute function note_course()', noted);
    execute format('create trigger note_course_delete after delete on %I referencing old table as changed
      for each statement execute function note_course()', noted);
  end loop;
end $$;

-- How long it took to take back what caused an incident is read with the incident.
create function note_reverted_incident() returns trigger language plpgsql as $$
begin
  insert into fact_change (org_id, repo_id, numbers)
  select distinct c.org_id, c.repo_id, '{-1}'::integer[] from changed c join fact_incident i
    on i.org_id = c.org_id and i.repo_id = c.repo_id and i.caused_by_number = c.target_number;
  return null;
end $$;
create trigger note_incident_insert after insert on fact_rollback referencing new table as changed
  for each statement execute function note_reverted_incident();
create trigger note_incident_update after update on fact_rollback referencing new table as changed
  for each statement execute function note_reverted_incident();
create trigger note_incident_delete after delete on fact_rollback referencing old table as changed
  for each statement execute function note_reverted_incident();

-- Second wall for what a scope of teams may not see: why it failed is as visible as its pull request.
alter table pull_request_triage enable row level security;
create policy scope on pull_request_triage for select
  using (exists (select from fact_pull_request f where f.org_id = pull_request_triage.org_id
    and f.repo_id = pull_request_triage.repo_id and f.number = pull_request_triage.number));

do $$
begin
  if exists (select from pg_roles where rolname = 'fleetgauge_reader') then
    grant select on pull_request_triage, fact_pull_request_course to fleetgauge_reader;
  end if;
end $$;

-- Whoever holds facts in memory reads them again.
insert into fact_change (org_id) values (0);

-- What is there already: the worker works it out.
insert into course_request (org_id, repo_id) select org_id, repo_id from fact_repository order by 1, 2;
