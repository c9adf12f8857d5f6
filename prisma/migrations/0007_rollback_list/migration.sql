-- Lists keep revert verdicts and titles in memory too. Both follow the notes of `fact_change`: a note about a pull request
-- is also about what reverts say of it and about its title. The number 0, which no pull request has, stands for
-- verdicts without one: unresolved reverts and reverts of direct pushes.
create function note_rollbacks() returns trigger language plpgsql as $$
declare
  most constant integer := 5000;
begin
  if tg_op = 'TRUNCATE' then
    insert into fact_change (org_id) values (0);
  elsif tg_op = 'UPDATE' then
    insert into fact_change (org_id, repo_id, numbers)
    select c.org_id, c.repo_id, case when count(*) <= most then array_agg(c.number) end
    from (
      select org_id, repo_id, coalesce(target_number, 0) as number from replaced
      union select org_id, repo_id, coalesce(target_number, 0) from changed
    ) c
    group by c.org_id, c.repo_id
    having not exists (
      select from fact_change n where n.xid = pg_current_xact_id()
        and n.org_id = c.org_id and n.repo_id = c.repo_id and n.numbers is null
    );
  else
    insert into fact_change (org_id, repo_id, numbers)
    select c.org_id, c.repo_id, case when count(*) <= most then array_agg(c.number) end
    from (select distinct org_id, repo_id, coalesce(target_number, 0) as number from changed) c
    group by c.org_id, c.repo_id
    having not exists (
      select from fact_change n where n.xid = pg_current_xact_id()
        and n.org_id = c.org_id and n.repo_id = c.repo_id and n.numbers is null
    );
  end if;
  return null;
end $$;

create trigger note_insert after insert on fact_rollback referencing new table as changed
  for each statement execute function note_rollbacks();
create trigger note_update after update on fact_rollback referencing old table as replaced new table as changed
  for each statement execute function note_rollbacks();
create trigger note_delete after delete on fact_rollback referencing old table as changed
  for each statement execute function note_rollbacks();
create trigger note_truncate after truncate on fact_rollback
  for each statement execute function note_rollbacks();

-- A detail is written together with its pull request, which is noted; only another title for a known one is not.
create function note_titles() returns trigger language plpgsql as $$
begin
  insert into fact_change (org_id, repo_id, numbers)
  select c.org_id, c.repo_id, array_agg(c.number)
  from replaced r join changed c using (org_id, repo_id, number)
  where r.title <> c.title
  group by c.org_id, c.repo_id;
  return null;
end $$;

create trigger note_update after update on fact_pull_request_detail
  referencing old table as replaced new table as changed
  for each statement execute function note_titles();

-- The list is sorted in memory.
drop index fact_rollback_reverted_idx;
