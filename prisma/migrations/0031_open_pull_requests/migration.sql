-- Pull requests that are open and ready for review, and since when, kept by triggers. Of two transactions at once neither sees what the
-- other does, so that a merged one may stay: whoever reads looks for merges and closings again.
create table open_pull_request (
  org_id integer not null,
  repo_id integer not null,
  number integer not null,
  ready_at timestamptz not null,
  primary key (org_id, repo_id, number)
);

create function note_open_pull_requests() returns trigger language plpgsql as $$
begin
  delete from open_pull_request o using changed c
  where o.org_id = c.org_id and o.repo_id = c.repo_id and o.number = c.number and not exists (
    select from fact_pull_request_flow f
    where f.org_id = o.org_id and f.repo_id = o.repo_id and f.number = o.number
      and greatest(f.ready_at, f.opened_at) = o.ready_at and f.opened_at is not null
      and (f.draft is not true or f.ready_at is not null)
      and not exists (select from fact_pull_request p
        where p.org_id = f.org_id and p.repo_id = f.repo_id and p.number = f.number)
      and not exists (select from fact_closed_pull_request p
        where p.org_id = f.org_id and p.repo_id = f.repo_id and p.number = f.number));
  insert into open_pull_request (org_id, repo_id, number, ready_at)
  select f.org_id, f.repo_id, f.number, greatest(f.ready_at, f.opened_at)
  from (select distinct org_id, repo_id, number from changed) c join fact_pull_request_flow f
    on f.org_id = c.org_id and f.repo_id = c.repo_id and f.number = c.number
  where f.opened_at is not null and (f.draft is not true or f.ready_at is not null)
    and not exists (select from fact_pull_request p
      where p.org_id = f.org_id and p.repo_id = f.repo_id and p.number = f.number)
    and not exists (select from fact_closed_pull_request p
      where p.org_id = f.org_id and p.repo_id = f.repo_id and p.number = f.number)
  order by 1, 2, 3
  on conflict do nothing;
  return null;
end $$;

do $$
declare
  noted text;
begin
  foreach noted in array array['fact_pull_request_flow', 'fact_pull_request', 'fact_closed_pull_request'] loop
    execute format('create trigger note_open_insert after insert on %I referencing new table as changed
      for each statement execute function note_open_pull_requests()', noted);
    execute format('create trigger note_open_delete after delete on %I referencing old table as changed
      for each statement execute function note_open_pull_requests()', noted);
  end loop;
end $$;
create trigger note_open_update after update on fact_pull_request_flow referencing new table as changed
  for each statement execute function note_open_pull_requests();

insert into open_pull_request (org_id, repo_id, number, ready_at)
select f.org_id, f.repo_id, f.number, greatest(f.ready_at, f.opened_at) from fact_pull_request_flow f
where f.opened_at is not null and (f.draft is not true or f.ready_at is not null)
  and not exists (select from fact_pull_request p
    where p.org_id = f.org_id and p.repo_id = f.repo_id and p.number = f.number)
  and not exists (select from fact_closed_pull_request p
    where p.org_id = f.org_id and p.repo_id = f.repo_id and p.number = f.number);

-- As of other facts: what is held in memory is read again with the directory.
create trigger note_insert after insert on open_pull_request referencing new table as changed
  for each statement execute function note_directory();
create trigger note_update after update on open_pull_request referencing new table as changed
  for each statement execute function note_directory();
create trigger note_delete after delete on open_pull_request referencing old table as changed
  for each statement execute function note_directory();
