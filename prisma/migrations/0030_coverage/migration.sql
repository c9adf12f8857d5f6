-- Coverage by tests of a pull request as it was measured last, in lines.
create table fact_coverage (
  org_id integer not null,
  repo_id integer not null,
  number integer not null,
  reported_at timestamptz not null,
  head_covered integer not null,
  head_total integer not null,
  base_covered integer,
  base_total integer,
  patch_covered integer,
  patch_total integer,
  primary key (org_id, repo_id, number)
);

alter table fact_pull_request_course
  -- Hundredths of a point of coverage after less before, 100,000 added so that it is never below nothing.
  add column coverage_delta integer,
  add column patch_covered integer,
  -- Changed lines that tests could run.
  add column patch_coverable integer;

create trigger note_course_insert after insert on fact_coverage referencing new table as changed
  for each statement execute function note_course();
create trigger note_course_update after update on fact_coverage referencing old table as replaced new table as changed
  for each statement execute function note_course();
create trigger note_course_delete after delete on fact_coverage referencing old table as changed
  for each statement execute function note_course();
