-- What became of the effective lines that a pull request added: told once, when 21 days are over.
create table fact_code_churn (
  org_id integer not null,
  repo_id integer not null,
  number integer not null,
  lines integer not null,
  gone_14d integer not null,
  gone_21d integer not null,
  primary key (org_id, repo_id, number)
);

-- What scanners of code found in a pull request, report by report.
create table fact_finding_report (
  org_id integer not null,
  repo_id integer not null,
  number integer not null,
  id uuid not null,
  reported_at timestamptz not null,
  findings integer not null,
  tool text not null,
  primary key (org_id, repo_id, number, id)
);

-- Found by review, tests or scans of the very pull request that brought it.
alter table fact_defect add column before_merge boolean not null default false;

alter table fact_pull_request_course
  add column churn_lines integer,
  add column churned_14d integer,
  add column churned_21d integer,
  -- Of scanners, on the first head that was ready for review.
  add column findings integer,
  -- Defects found before the merge, and all that were found up to 90 days after it.
  add column caught integer,
  add column caught_or_found integer,
  -- Bits of the checks of the policy that it fails; 0: none, null: it cannot be told.
  add column violations integer,
  -- Made of when its deployed commits were written: it changes when one of them does, and says nothing else.
  add column commit_times integer;

do $$
declare
  noted text;
begin
  foreach noted in array array['fact_code_churn', 'fact_finding_report'] loop
    execute format('create trigger note_course_insert after insert on %I referencing new table as changed
      for each statement execute function note_course()', noted);
    execute format('create trigger note_course_update after update on %I referencing old table as replaced new table as changed
      for each statement execute function note_course()', noted);
    execute format('create trigger note_course_delete after delete on %I referencing old table as changed
      for each statement execute function note_course()', noted);
  end loop;
end $$;

-- What checks said of a pull request is part of how it went; of a commit that belongs to none it is not.
create function note_checked_course() returns trigger language plpgsql as $$
begin
  insert into course_request (org_id, repo_id, numbers)
  select c.org_id, c.repo_id, array_agg(distinct c.number) from changed c where c.number is not null
  group by c.org_id, c.repo_id;
  return null;
end $$;
create trigger note_course_insert after insert on fact_ci_run referencing new table as changed
  for each statement execute function note_checked_course();
create trigger note_course_delete after delete on fact_ci_run referencing old table as changed
  for each statement execute function note_checked_course();

-- What is there already: the worker works it out.
insert into course_request (org_id, repo_id) select org_id, repo_id from fact_repository order by 1, 2;
