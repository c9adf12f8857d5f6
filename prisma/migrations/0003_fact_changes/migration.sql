-- What a transaction changed in the facts that processes hold in memory: each reads the notes that its own snapshot
-- does not show yet, then the rows that they name. A note lives for an hour.
--   repo_id, numbers   these pull requests of the repository
--   repo_id, null      any of the repository
--   null, null         any of the organisation; organisation 0: any at all
--   null, empty        names and watermarks (organisation 0)
create table fact_change (
  org_id integer not null,
  id bigint generated always as identity,
  -- 64 bits, never used twice: what `pg_snapshot` compares.
  xid xid8 not null default pg_current_xact_id(),
  repo_id integer,
  numbers integer[],
  noted_at timestamptz not null default clock_timestamp(),
  primary key (org_id, id)
);
create index fact_change_xid_idx on fact_change (xid);

-- The newest transaction whose notes were deleted: what was loaded before it ended has to be loaded again.
create table fact_change_horizon (
  id boolean primary key default true check (id),
  xid xid8 not null
);
insert into fact_change_horizon (xid) values ('0');

-- A statement that changes more pull requests of a repository than this names the repository alone. So does no note
-- at all once the same transaction has named the repository.
create function note_pull_requests() returns trigger language plpgsql as $$
declare
  most constant integer := 5000;
begin
  if tg_op = 'TRUNCATE' then
    insert into fact_change (org_id) values (0);
  elsif tg_op = 'UPDATE' then
    insert into fact_change (org_id, repo_id, numbers)
    select c.org_id, c.repo_id, case when count(*) <= most then array_agg(c.number) end
    from (select org_id, repo_id, number from replaced union select org_id, repo_id, number from changed) c
    group by c.org_id, c.repo_id
    having not exists (
      select from fact_change n where n.xid = pg_current_xact_id()
        and n.org_id = c.org_id and n.repo_id = c.repo_id and n.numbers is null
    );
  else
    insert into fact_change (org_id, repo_id, numbers)
    select c.org_id, c.repo_id, case when count(*) <= most then array_agg(c.number) end
    from changed c
    group by c.org_id, c.repo_id
    having not exists (
      select from fact_change n where n.xid = pg_current_xact_id()
        and n.org_id = c.org_id and n.repo_id = c.repo_id and n.numbers is null
    );
  end if;
  return null;
end $$;

create trigger note_insert after insert on fact_pull_request referencing new table as changed
  for each statement execute function note_pull_requests();
create trigger note_update after update on fact_pull_request referencing old table as replaced new table as changed
  for each statement execute function note_pull_requests();
create trigger note_delete after delete on fact_pull_request referencing old table as changed
  for each statement execute function note_pull_requests();
create trigger note_truncate after truncate on fact_pull_request
  for each statement execute function note_pull_requests();

-- Names and watermarks are few: whoever holds them reads all of them again.
create function note_directory() returns trigger language plpgsql as $$
begin
  if exists (select from changed) then
    insert into fact_change (org_id, numbers) values (0, '{}');
  end if;
  return null;
end $$;

create trigger note_insert after insert on organization referencing new table as changed
  for each statement execute function note_directory();
create trigger note_update after update on organization referencing new table as changed
  for each statement execute function note_directory();
create trigger note_delete after delete on organization referencing old table as changed
  for each statement execute function note_directory();
create trigger note_insert after insert on repository referencing new table as changed
  for each statement execute function note_directory();
create trigger note_update after update on repository referencing new table as changed
  for each statement execute function note_directory();
create trigger note_delete after delete on repository referencing old table as changed
  for each statement execute function note_directory();
create trigger note_insert after insert on team referencing new table as changed
  for each statement execute function note_directory();
create trigger note_update after update on team referencing new table as changed
  for each statement execute function note_directory();
create trigger note_delete after delete on team referencing old table as changed
  for each statement execute function note_directory();
create trigger note_insert after insert on agent referencing new table as changed
  for each statement execute function note_directory();
create trigger note_update after update on agent referencing new table as changed
  for each statement execute function note_directory();
create trigger note_delete after delete on agent referencing old table as changed
  for each statement execute function note_directory();
create trigger note_insert after insert on fact_repository referencing new table as changed
  for each statement execute function note_directory();
create trigger note_update after update on fact_repository referencing new table as changed
  for each statement execute function note_directory();
create trigger note_delete after delete on fact_repository referencing old table as changed
  for each statement execute function note_directory();
