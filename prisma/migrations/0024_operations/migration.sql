-- Deployments and incidents are held in memory too. Their notes name the repository with the number -1, which no pull
-- request has: what became of a deployment lies in those around it, so that all of the repository's are read again.
create function note_operations() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' then
    insert into fact_change (org_id) values (0);
  else
    insert into fact_change (org_id, repo_id, numbers)
    select distinct c.org_id, c.repo_id, '{-1}'::integer[] from changed c where c.repo_id is not null;
  end if;
  return null;
end $$;

-- Whether an organisation tells of incidents at all decides what is known of all of its deployments.
create function note_incidents() returns trigger language plpgsql as $$
begin
  insert into fact_change (org_id)
  select distinct c.org_id from changed c where tg_op <> 'UPDATE' and not exists (
    select from fact_incident i where i.org_id = c.org_id
      and not exists (select from changed x where x.org_id = i.org_id and x.id = i.id));
  insert into fact_change (org_id, repo_id, numbers)
  select distinct c.org_id, c.repo_id, '{-1}'::integer[] from changed c where c.repo_id is not null;
  return null;
end $$;

create trigger note_insert after insert on fact_deployment referencing new table as changed
  for each statement execute function note_operations();
create trigger note_update after update on fact_deployment referencing new table as changed
  for each statement execute function note_operations();
create trigger note_delete after delete on fact_deployment referencing old table as changed
  for each statement execute function note_operations();
create trigger note_truncate after truncate on fact_deployment for each statement execute function note_operations();
create trigger note_insert after insert on fact_incident referencing new table as changed
  for each statement execute function note_incidents();
create trigger note_update after update on fact_incident referencing new table as changed
  for each statement execute function note_incidents();
create trigger note_delete after delete on fact_incident referencing old table as changed
  for each statement execute function note_incidents();
create trigger note_truncate after truncate on fact_incident for each statement execute function note_operations();
-- An incident names a pull request, and which deployment brought that may be known later; a deployment is its owner's.
create trigger note_insert after insert on fact_pull_request_deployment referencing new table as changed
  for each statement execute function note_operations();
create trigger note_update after update on fact_pull_request_deployment referencing new table as changed
  for each statement execute function note_operations();
create trigger note_delete after delete on fact_pull_request_deployment referencing old table as changed
  for each statement execute function note_operations();
create trigger note_insert after insert on repository_owner referencing new table as changed
  for each statement execute function note_operations();
create trigger note_update after update on repository_owner referencing new table as changed
  for each statement execute function note_operations();
create trigger note_delete after delete on repository_owner referencing old table as changed
  for each statement execute function note_operations();

create index fact_deployment_repo_idx on fact_deployment (org_id, repo_id, finished_at) where repo_id is not null;

-- Whoever holds facts in memory holds none of these yet.
insert into fact_change (org_id) values (0);
