-- The commits of pull requests, as they stood on their branches.
create table fact_commit (
  org_id integer not null,
  repo_id integer not null,
  number integer not null,
  -- The MD5 of its number and sha.
  id uuid not null,
  authored_at timestamptz not null,
  committed_at timestamptz not null,
  -- Added and deleted; null where the source does not tell.
  lines integer,
  by_agent boolean not null,
  is_merge boolean not null,
  primary key (org_id, repo_id, number, id)
);

alter table fact_pull_request_flow
  -- Who opened it, as `fact_review.reviewer` tells people apart.
  add column author bigint,
  add column queued_by smallint,
  add column merged_by smallint,
  add column closed_by smallint,
  -- What a label says of its rework, against what would be worked out.
  add column rework_label boolean;

-- What of a repository is known besides its line: bits, see lib/core/feeds.ts.
alter table repository add column feeds smallint not null default 0;

-- How each pull request came to its end and what followed, as the few numbers that metrics count. Null is not known, or
-- there is no such thing.
create table fact_pull_request_course (
  org_id integer not null,
  repo_id integer not null,
  number integer not null,
  -- Seconds from the start to the merge, and its stages, which add up to it.
  cycle_seconds integer,
  coding_seconds integer,
  pickup_seconds integer,
  review_seconds integer,
  merge_seconds integer,
  -- From the merge to the first production deployment that held it; watched is 0 where there are deployments at all.
  deploy_seconds integer,
  deploy_watched integer,
  human_reviews integer,
  review_rounds integer,
  reworked integer,
  auto_merged integer,
  intervened integer,
  -- From the merge to the first full or partial revert.
  undone_seconds integer,
  -- Found within so many days of the merge.
  defects_30d integer,
  defects_90d integer,
  security_90d integer,
  primary key (org_id, repo_id, number)
);

-- Pull requests whose course has to be worked out again; no numbers: all of the repository. Number 0 is no pull request: more
-- may be told of the repository, or of the organisation, than before.
create table course_request (
  org_id integer not null,
  id bigint generated always as identity,
  repo_id integer,
  numbers integer[],
  primary key (org_id, id)
);

create function note_course() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    insert into course_request (org_id, repo_id, numbers)
    select c.org_id, c.repo_id, array_agg(c.number)
    from (select org_id, repo_id, number from replaced union select org_id, repo_id, number from changed) c
    group by c.org_id, c.repo_id;
  else
    insert into course_request (org_id, repo_id, numbers)
    select c.org_id, c.repo_id, array_agg(distinct c.number) from changed c group by c.org_id, c.repo_id;
  end if;
  return null;
end $$;

create function note_target_course() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    insert into course_request (org_id, repo_id, numbers)
    select c.org_id, c.repo_id, array_agg(c.number)
    from (select org_id, repo_id, target_number as number from replaced
      union select org_id, repo_id, target_number from changed) c
    where c.number is not null group by c.org_id, c.repo_id;
  else
    insert into course_request (org_id, repo_id, numbers)
    select c.org_id, c.repo_id, array_agg(distinct c.target_number) from changed c
    where c.target_number is not null group by c.org_id, c.repo_id;
  end if;
  return null;
end $$;

-- Of defects and deployments: that there is anything at all says that they are told of.
create function note_caused_course() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    insert into course_request (org_id, repo_id, numbers)
    select c.org_id, c.repo_id, array_append(array_agg(c.number) filter (where c.number is not null), 0)
    from (select org_id, repo_id, caused_by_number as number from replaced
      union select org_id, repo_id, caused_by_number from changed) c
    group by c.org_id, c.repo_id;
  else
    insert into course_request (org_id, repo_id, numbers)
    select c.org_id, c.repo_id,
      array_append(array_agg(distinct c.caused_by_number) filter (where c.caused_by_number is not null), 0)
    from changed c group by c.org_id, c.repo_id;
  end if;
  return null;
end $$;

create function note_deployed_repository() returns trigger language plpgsql as $$
begin
  insert into course_request (org_id, repo_id, numbers)
  select distinct c.org_id, c.repo_id, '{0}'::integer[] from changed c where c.repo_id is not null;
  return null;
end $$;

do $$
declare
  noted record;
begin
  for noted in select * from (values
    ('fact_pull_request', 'note_course'), ('fact_closed_pull_request', 'note_course'), ('fact_review', 'note_course'),
    ('fact_commit', 'note_course'), ('fact_pull_request_flow', 'note_course'),
    ('fact_pull_request_deployment', 'note_course'), ('fact_rollback', 'note_target_course'),
    ('fact_defect', 'note_caused_course')) as n (relation, function)
  loop
    execute format('create trigger note_course_insert after insert on %I referencing new table as changed
      for each statement execute function %I()', noted.relation, noted.function);
    execute format('create trigger note_course_update after update on %I referencing old table as replaced new table as changed
      for each statement execute function %I()', noted.relation, noted.function);
    execute format('create trigger note_course_delete after delete on %I referencing old table as changed
      for each statement execute function %I()', noted.relation, noted.function);
  end loop;
end $$;
create trigger note_course_insert after insert on fact_deployment referencing new table as changed
  for each statement execute function note_deployed_repository();

-- Whoever holds the facts in memory holds courses and closed pull requests with them.
create trigger note_insert after insert on fact_pull_request_course referencing new table as changed
  for each statement execute function note_pull_requests();
create trigger note_update after update on fact_pull_request_course referencing old table as replaced new table as changed
  for each statement execute function note_pull_requests();
create trigger note_delete after delete on fact_pull_request_course referencing old table as changed
  for each statement execute function note_pull_requests();
create trigger note_truncate after truncate on fact_pull_request_course
  for each statement execute function note_pull_requests();
create trigger note_insert after insert on fact_closed_pull_request referencing new table as changed
  for each statement execute function note_pull_requests();
create trigger note_update after update on fact_closed_pull_request referencing old table as replaced new table as changed
  for each statement execute function note_pull_requests();
create trigger note_delete after delete on fact_closed_pull_request referencing old table as changed
  for each statement execute function note_pull_requests();
create trigger note_truncate after truncate on fact_closed_pull_request
  for each statement execute function note_pull_requests();

-- Second wall for what a scope of teams may not see: a course is as visible as its pull request.
alter table fact_pull_request_course enable row level security;
create policy scope on fact_pull_request_course for select
  using (exists (select from fact_pull_request f where f.org_id = fact_pull_request_course.org_id
    and f.repo_id = fact_pull_request_course.repo_id and f.number = fact_pull_request_course.number));

-- What a pull request caused is looked up by it.
create index fact_defect_caused_idx on fact_defect (org_id, repo_id, caused_by_number) where caused_by_number is not null;

-- What is there already: the worker works it out.
insert into course_request (org_id, repo_id) select org_id, repo_id from fact_repository order by 1, 2;
