-- Whose lines a fix takes out or changes: a row for each pull request that brought some of them (metrics.md 2.7, L4).
create table fact_fix_owner (
  org_id integer not null,
  repo_id integer not null,
  -- The fix.
  number integer not null,
  -- Who brought the lines, and when that was merged.
  owner integer not null,
  owner_merged_at timestamptz not null,
  lines integer not null,
  -- Lines of the fix in all, those that belong to no pull request among them.
  total integer not null,
  primary key (org_id, repo_id, number, owner)
);
create index fact_fix_owner_owner_idx on fact_fix_owner (org_id, repo_id, owner);

-- The issue that a defect is, where it is one of its repository's.
alter table fact_defect add column issue integer;
create index fact_defect_issue_idx on fact_defect (org_id, repo_id, issue) where issue is not null;

-- Defects that name the pull request, and those that are inferred to come from it.
alter table fact_pull_request_course add column all_defects_30d integer, add column all_defects_90d integer;

-- Who works off a fix looks at whoever brought its lines too. The mark 0: more may be told of than before.
create function note_fix_course() returns trigger language plpgsql as $$
begin
  insert into course_request (org_id, repo_id, numbers)
  select c.org_id, c.repo_id, array_append(array_agg(distinct c.number) || array_agg(distinct c.owner), 0)
  from changed c group by c.org_id, c.repo_id;
  return null;
end $$;
create trigger note_course_insert after insert on fact_fix_owner referencing new table as changed
  for each statement execute function note_fix_course();
create trigger note_course_update after update on fact_fix_owner referencing new table as changed
  for each statement execute function note_fix_course();
create trigger note_course_delete after delete on fact_fix_owner referencing old table as changed
  for each statement execute function note_fix_course();

-- A defect that is an issue concerns whoever brought the lines of what closes it.
create function note_fixed_course() returns trigger language plpgsql as $$
begin
  insert into course_request (org_id, repo_id, numbers)
  select l.org_id, l.repo_id, array_agg(distinct l.number)
  from changed c join fact_issue_link l on l.org_id = c.org_id and l.repo_id = c.repo_id and l.issue = c.issue
  group by l.org_id, l.repo_id;
  return null;
end $$;
create trigger note_fixed_insert after insert on fact_defect referencing new table as changed
  for each statement execute function note_fixed_course();
create trigger note_fixed_update after update on fact_defect referencing new table as changed
  for each statement execute function note_fixed_course();
create trigger note_fixed_delete after delete on fact_defect referencing old table as changed
  for each statement execute function note_fixed_course();

-- Whoever holds facts in memory reads them again.
insert into fact_change (org_id) values (0);
