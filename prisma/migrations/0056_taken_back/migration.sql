-- Rollbacks that no revert tells of (metrics.md 2.5, cases 3 and 4): an older version that is deployed takes back what came
-- since, and a program tells of one that was done otherwise.

-- What a program tells to be taken back without a deployment, such as by a flag.
create table fact_told_rollback (
  org_id integer not null,
  repo_id integer not null,
  id uuid not null,
  told_at timestamptz not null,
  -- 1 by a flag, 2 by hand.
  how smallint not null,
  numbers integer[] not null,
  reason text,
  primary key (org_id, repo_id, id)
);

-- Deployments that went back to an older version, and nothing said so.
create table fact_deployment_back (
  org_id integer not null,
  repo_id integer not null,
  id uuid not null,
  primary key (org_id, repo_id, id)
);

-- What each rollback takes back, as a projection of the line reads it. `id` is that of the deployment or of what was told.
create table fact_taken_back (
  org_id integer not null,
  repo_id integer not null,
  number integer not null,
  id uuid not null,
  taken_back_at timestamptz not null,
  -- `deployment`, `told`, or `ambiguous` where others came with it and nothing says which was meant.
  kind text not null,
  sha text not null,
  title text not null,
  evidence jsonb not null,
  primary key (org_id, repo_id, number, id)
);

alter table fact_pull_request_course
  -- From the merge to the first full revert of the branch, or the moment that somebody declares.
  add column reverted_seconds integer,
  -- From the merge to a rollback of which it is not clear whether it was meant, where nothing else tells of one.
  add column unclear_seconds integer;

create trigger note_insert after insert on fact_deployment_back referencing new table as changed
  for each statement execute function note_operations();
create trigger note_delete after delete on fact_deployment_back referencing old table as changed
  for each statement execute function note_operations();

-- Whoever says that one was not rolled back says so of deployments too.
create trigger note_course_insert after insert on pull_request_correction referencing new table as changed
  for each statement execute function note_course();
create trigger note_course_update after update on pull_request_correction referencing old table as replaced new table as changed
  for each statement execute function note_course();
create trigger note_course_delete after delete on pull_request_correction referencing old table as changed
  for each statement execute function note_course();

-- An incident may name which of several was meant.
create function note_named_cause() returns trigger language plpgsql as $$
begin
  insert into deployment_request (org_id, repo_id)
  select distinct c.org_id, c.repo_id from changed c
  where c.repo_id is not null and c.caused_by_number is not null
    and exists (select from fact_deployment d where d.org_id = c.org_id and d.repo_id = c.repo_id)
  order by 1, 2 on conflict do nothing;
  return null;
end $$;
create trigger note_cause_insert after insert on fact_incident referencing new table as changed
  for each statement execute function note_named_cause();
create trigger note_cause_update after update on fact_incident referencing new table as changed
  for each statement execute function note_named_cause();
create trigger note_cause_delete after delete on fact_incident referencing old table as changed
  for each statement execute function note_named_cause();

-- What is there already: the worker works it out, and whoever holds facts in memory reads them again.
insert into deployment_request (org_id, repo_id)
  select distinct org_id, repo_id from fact_deployment where repo_id is not null order by 1, 2 on conflict do nothing;
insert into course_request (org_id, repo_id) select org_id, repo_id from fact_repository order by 1, 2;
insert into fact_change (org_id) values (0);
