-- How long reviews took, estimated from when they were written (metrics.md 2.4): per pull request and reviewer.
create table fact_review_effort (
  org_id integer not null,
  repo_id integer not null,
  number integer not null,
  reviewer bigint not null,
  seconds integer not null,
  primary key (org_id, repo_id, number, reviewer)
);

-- What somebody reviewed, in order.
create index fact_review_reviewer_idx on fact_review (org_id, reviewer, submitted_at)
  where reviewer_kind = 1 and reviewer is not null;

alter table fact_pull_request_course add column effort_seconds integer;

-- Reviewers whose effort has to be estimated again: these, or those of these pull requests.
create table effort_request (
  org_id integer not null,
  id bigint generated always as identity,
  reviewers bigint[] not null,
  repo_id integer,
  numbers integer[] not null,
  primary key (org_id, id)
);

create function note_reviewers() returns trigger language plpgsql as $$
begin
  insert into effort_request (org_id, reviewers, numbers)
  select c.org_id, array_agg(distinct c.reviewer), '{}' from changed c
  where c.reviewer_kind = 1 and c.reviewer is not null group by c.org_id;
  return null;
end $$;

-- A session begins with reading the change, so that its lines matter; and whoever opened it does not review it.
create function note_reviewed() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    insert into effort_request (org_id, reviewers, repo_id, numbers)
    select c.org_id, '{}', c.repo_id, array_agg(c.number)
    from (select org_id, repo_id, number from replaced union select org_id, repo_id, number from changed) c
    group by c.org_id, c.repo_id;
  else
    insert into effort_request (org_id, reviewers, repo_id, numbers)
    select c.org_id, '{}', c.repo_id, array_agg(c.number) from changed c group by c.org_id, c.repo_id;
  end if;
  return null;
end $$;

create trigger note_effort_insert after insert on fact_review referencing new table as changed
  for each statement execute function note_reviewers();
create trigger note_effort_delete after delete on fact_review referencing old table as changed
  for each statement execute function note_reviewers();

do $$
declare
  relation text;
begin
  foreach relation in array array['fact_pull_request', 'fact_pull_request_flow'] loop
    execute format('create trigger note_effort_insert after insert on %I referencing new table as changed
      for each statement execute function note_reviewed()', relation);
    execute format('create trigger note_effort_update after update on %I referencing old table as replaced new table as changed
      for each statement execute function note_reviewed()', relation);
    execute format('create trigger note_effort_delete after delete on %I referencing old table as changed
      for each statement execute function note_reviewed()', relation);
  end loop;
end $$;

create trigger note_course_insert after insert on fact_review_effort referencing new table as changed
  for each statement execute function note_course();
create trigger note_course_update after update on fact_review_effort referencing old table as replaced new table as changed
  for each statement execute function note_course();
create trigger note_course_delete after delete on fact_review_effort referencing old table as changed
  for each statement execute function note_course();
